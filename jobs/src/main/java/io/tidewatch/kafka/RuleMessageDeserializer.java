package io.tidewatch.kafka;

import io.tidewatch.rules.RuleMessage;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of the topic of rules. */
final class RuleMessageDeserializer implements KafkaRecordDeserializationSchema<RuleMessage> {

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleMessage> out) {
    out.collect(RuleTopic.messageOf(record));
  }

  @Override
  public TypeInformation<RuleMessage> getProducedType() {
    return TypeInformation.of(RuleMessage.class);
  }
}
