package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelGroupingTest {

  private final ChannelGrouping grouping = new ChannelGrouping(Set.of("tidewatch.io"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          source         | medium        | referrer                       | channel
          -              | -             | -                              | direct
          -              | -             | ''                             | direct
          (direct)       | (none)        | -                              | direct
          -              | -             | https://app.tidewatch.io/x     | direct
          -              | -             | https://www.google.co.uk/     | organic_search
          -              | -             | bing.com                       | organic_search
          -              | -             | https://t.co/abc               | social
          -              | -             | https://www.linkedin.com:443/  | social
          -              | -             | https://t.example.com/         | referral
          -              | -             | https://nottidewatch.io/       | referral
          google         | cpc           | https://www.google.com/        | paid_search
          bing           | ppc           | -                              | paid_search
          facebook       | cpc           | -                              | paid_social
          newsfeed       | paid_social   | -                              | paid_social
          partner        | paid          | -                              | paid_other
          google         | organic       | -                              | organic_search
          Google         | -             | -                              | organic_search
          linkedin.com   | -             | -                              | social
          anything       | social        | -                              | social
          newsletter     | -             | -                              | email
          spring         | Email         | https://mail.example.com/      | email
          site           | banner        | -                              | display
          site           | cpm           | -                              | display
          site           | affiliate     | -                              | affiliates
          partner        | referral      | -                              | referral
          shop           | sms           | -                              | sms
          app            | push          | -                              | push
          flyer          | print         | -                              | unassigned
          """,
      useHeadersInDisplayName = true,
      quoteCharacter = '\'')
  void tellsTheChannelOfAVisit(String source, String medium, String referrer, String channel) {
    assertThat(grouping.channelOf(source, medium, referrer)).isEqualTo(channel);
  }
}
