package io.tidewatch.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  private static final Migration FIRST = new Migration("V001__first.sql", "one;\ntwo;\n");
  private static final Migration SECOND = new Migration("V002__second.sql", "three;\n");

  private final RecordingClickHouse clickHouse = new RecordingClickHouse();
  private final Migrations migrations = new Migrations(clickHouse);

  @Test
  void runsEachStatementInOrder() {
    assertThat(migrations.apply(List.of(FIRST, SECOND)))
        .containsExactly("V001__first.sql", "V002__second.sql");
    assertThat(clickHouse.statements()).containsExactly("one", "two", "three");
  }

  @Test
  void runsEachMigrationOnce() {
    migrations.apply(List.of(FIRST));

    assertThat(migrations.apply(List.of(FIRST, SECOND))).containsExactly("V002__second.sql");
    assertThat(migrations.apply(List.of(FIRST, SECOND))).isEmpty();
    assertThat(clickHouse.statements()).containsExactly("one", "two", "three");
  }

  @Test
  void refusesAChangedMigrationBeforeAnythingRuns() {
    migrations.apply(List.of(FIRST));
    Migration changed = new Migration("V001__first.sql", "one;\n");

    assertThatThrownBy(() -> migrations.apply(List.of(changed, SECOND)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("V001__first.sql was changed after it was applied")
        .hasMessageContaining(FIRST.checksum())
        .hasMessageContaining(changed.checksum());
    assertThat(clickHouse.statements()).containsExactly("one", "two");
  }

  @Test
  void repeatsAMigrationThatFailedHalfWay() {
    clickHouse.refuse("two");
    assertThatThrownBy(() -> migrations.apply(List.of(FIRST, SECOND)))
        .isInstanceOf(ClickHouseException.class);
    clickHouse.refuseNothing();

    assertThat(migrations.apply(List.of(FIRST, SECOND))).hasSize(2);
    assertThat(clickHouse.statements()).containsExactly("one", "one", "two", "three");
  }

  @Test
  void checksumIsSha256OfTheText() {
    // printf abc | sha256sum
    assertThat(new Migration("V001__x.sql", "abc").checksum())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }
}
