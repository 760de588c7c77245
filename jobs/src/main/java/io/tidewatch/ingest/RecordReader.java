package io.tidewatch.ingest;

import io.tidewatch.event.Event;
import io.tidewatch.event.EventCatalogue;
import io.tidewatch.event.EventType;
import io.tidewatch.event.FewProperties;
import io.tidewatch.ingest.PersonalFieldIndex.Treatment;
import io.tidewatch.ingest.PropertyList.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads the records of one source: parse, adapt, check, de-identify, enrich.
 *
 * <pre>{@code
 * var reader = new RecordReader(SourceSettings.tidewatch("shop", "web-events"), settings);
 * Reading reading = reader.read(record);
 * }</pre>
 *
 * <p>Never throws for what a record holds: each becomes exactly one of accepted, rejected, or
 * dropped for want of consent. A defect of the reader itself rejects the record too, and the caller
 * may hear of it. Whatever it accepts, the tables hold. Not thread-safe; create one for each task.
 */
public final class RecordReader {

  /** Compute units or a channel. */
  private static final int ADDED_PROPERTIES = 1;

  private final SourceSettings source;
  private final EventFormat format;
  private final Deidentifier deidentifier;
  private final Enrichment enrichment;
  private final BiConsumer<RawRecord, RuntimeException> unforeseen;
  private final PayloadMask mask;
  private final Treatment ofCustomer;
  private final Treatment ofUser;
  private final Treatment ofVisitor;
  private final Treatment ofSession;
  private final Map<String, PropertyRules> ofTypes = new HashMap<>();
  private final PropertyRules ofUnknownTypes;

  /** Of the event before, or null: types that recur are mostly one object. */
  private String lastType;

  private PropertyRules ofLastType;

  /** Of the record that is read. */
  private final QualityTally tally = new QualityTally();

  /** Of the record that is accepted. */
  private final List<QualityFlag> flags = new ArrayList<>();

  /**
   * @throws IllegalArgumentException if the source's format is unknown
   */
  public RecordReader(SourceSettings source, IngestSettings settings) {
    this(source, settings, (record, failure) -> {});
  }

  /**
   * @param unforeseen is told of each record on which the reader itself failed, and with what
   * @throws IllegalArgumentException if the source's format is unknown
   */
  public RecordReader(
      SourceSettings source,
      IngestSettings settings,
      BiConsumer<RawRecord, RuntimeException> unforeseen) {
    this(source, settings, EventFormats.of(source), unforeseen);
  }

  RecordReader(
      SourceSettings source,
      IngestSettings settings,
      EventFormat format,
      BiConsumer<RawRecord, RuntimeException> unforeseen) {
    PersonalFields personal = settings.personalFields().and(source.personalFields());
    this.source = source;
    this.format = format;
    this.unforeseen = unforeseen;
    this.deidentifier =
        new Deidentifier(personal, settings.webProperties(), settings.pseudonymKey());
    this.ofCustomer = deidentifier.treatmentOf("customer_id");
    this.ofUser = deidentifier.treatmentOf("user_id");
    this.ofVisitor = deidentifier.treatmentOf("anonymous_id");
    this.ofSession = deidentifier.treatmentOf("session_id");
    this.enrichment = new Enrichment(settings);
    this.mask = new PayloadMask(personal);
    this.ofUnknownTypes = new PropertyRules(null, deidentifier);
  }

  /** What becomes of the record. */
  public Reading read(RawRecord record) {
    tally.clear();
    try {
      checkSize(record.value());
      return accept(format.read(record.value()), record);
    } catch (Rejection rejection) {
      if (rejection.code().isValueRule()) {
        tally.checked(false);
      }
      return reject(record, rejection.code(), rejection.getMessage());
    } catch (RuntimeException failure) {
      // one poisonous record must not stop the job again and again
      unforeseen.accept(record, failure);
      String reason = "reading failed with " + failure.getClass().getName();
      return reject(record, ReasonCode.READER_FAILED, reason);
    }
  }

  private static void checkSize(byte[] value) throws Rejection {
    if (value == null) {
      throw new Rejection(ReasonCode.RECORD_NULL);
    }
    if (value.length == 0) {
      throw new Rejection(ReasonCode.RECORD_EMPTY);
    }
    if (value.length > Limits.RECORD_BYTES) {
      throw new Rejection(
          ReasonCode.RECORD_TOO_LARGE,
          "the record has more than " + Limits.RECORD_BYTES + " bytes");
    }
    boolean hasByteOrderMark =
        value.length >= 2
            && (value[0] == (byte) 0xEF && value[1] == (byte) 0xBB
                || value[0] == (byte) 0xFE
                || value[0] == (byte) 0xFF);
    boolean looksLikeUtf16 = value[0] == 0 || value.length >= 2 && value[1] == 0;
    if (hasByteOrderMark || looksLikeUtf16 || !Utf8.isValid(value)) {
      throw new Rejection(ReasonCode.ENCODING_INVALID);
    }
  }

  private Reading accept(EventFormat.Batch batch, RawRecord record) throws Rejection {
    flags.clear();
    List<Event> events = List.of();
    RecordEnd end = RecordEnd.ACCEPTED;
    for (int i = 0; i < batch.candidates().size(); i++) {
      Candidate candidate = batch.candidates().get(i);
      if (candidate.analyticsDenied) {
        if (i == 0) {
          end = RecordEnd.NO_CONSENT;
        }
        continue;
      }
      if (batch.isBatch()) {
        candidate.id = RecordIdentity.child(idOf(batch.id(), false, record), i);
      } else {
        candidate.id = RecordIdentity.single(idOf(candidate.id, candidate.isClean, record));
      }
      events = with(accept(candidate, record), events);
    }
    return new Reading(end, events, null, List.copyOf(flags), tally.total());
  }

  /** Most records are of one event. */
  private static List<Event> with(Event next, List<Event> events) {
    if (events.isEmpty()) {
      return List.of(next);
    }
    List<Event> all = events.size() == 1 ? new ArrayList<>(events) : events;
    all.add(next);
    return all;
  }

  private static String idOf(String producersId, boolean isClean, RawRecord record)
      throws Rejection {
    Texts.check("id", producersId, isClean, Limits.ID_CHARACTERS, ReasonCode.ID_TOO_LONG);
    return producersId == null ? RecordIdentity.of(record) : producersId;
  }

  private Event accept(Candidate candidate, RawRecord record) throws Rejection {
    Instant receivedAt = Limits.clamp(record.receivedAt());
    PropertyRules rules = rulesOf(candidate.type);
    EventType type = rules.type();
    EventChecks.check(candidate, rules, receivedAt, tally);
    PropertyList told = candidate.properties;
    BigDecimal amount = EventChecks.takeAmount(told);
    String currency = EventChecks.takeCurrency(told);
    Map<String, String> properties = keptProperties(told);
    if (type == null) {
      tally.unknownType();
    } else if (source.enrichment()) {
      enrichment.enrich(type, told, properties);
    }
    Event event =
        new Event(
            source.name(),
            deidentifier.text(candidate.id, candidate.isClean),
            deidentifier.text(candidate.type, candidate.isClean),
            candidate.time,
            receivedAt,
            identity(ofCustomer, candidate.customerId, candidate.isClean),
            identity(ofUser, candidate.userId, candidate.isClean),
            identity(ofVisitor, candidate.anonymousId, candidate.isClean),
            identity(ofSession, candidate.sessionId, candidate.isClean),
            amount,
            currency,
            properties,
            false,
            Event.NEVER_LATE);
    int flagsBefore = flags.size();
    flag(told, event);
    tally.checked(flags.size() == flagsBefore);
    return event;
  }

  private String identity(Treatment treatment, String text, boolean isClean) {
    return text == null ? null : deidentifier.treated(treatment, text, isClean);
  }

  private PropertyRules rulesOf(String type) {
    if (type != lastType || ofLastType == null) {
      ofLastType = type == null ? ofUnknownTypes : find(type);
      lastType = type;
    }
    return ofLastType;
  }

  private PropertyRules find(String type) {
    PropertyRules known = ofTypes.get(type);
    if (known != null) {
      return known;
    }
    EventType catalogued = EventCatalogue.find(type);
    if (catalogued == null) {
      return ofUnknownTypes;
    }
    return ofTypes.computeIfAbsent(type, name -> new PropertyRules(catalogued, deidentifier));
  }

  private Map<String, String> keptProperties(PropertyList told) throws Rejection {
    int added = source.enrichment() ? ADDED_PROPERTIES : 0;
    Map<String, String> kept = FewProperties.ofSize(told.size() + added);
    for (int i = 0; i < told.size(); i++) {
      PropertyRule rule = told.rule(i);
      if (rule.keptAs() != null) {
        String text =
            told.kind(i) == Kind.ARRAY
                ? deidentifier.array(rule.name(), told.text(i))
                : deidentifier.treated(rule.treatment(), told.text(i), told.isClean(i));
        if (text != null && kept.put(rule.keptAs(), text) != null) {
          throw new Rejection(
              ReasonCode.FIELD_DUPLICATE, rule.path() + " is there twice after flattening");
        }
      }
    }
    return kept;
  }

  private void flag(PropertyList told, Event event) {
    for (int i = 0; i < told.size(); i++) {
      ContactFormat format = told.rule(i).contact();
      if (format != null && !format.fits(told.text(i))) {
        String name = deidentifier.text(told.name(i));
        flags.add(QualityFlags.about(event, format.check(), name, name + " has an unusual format"));
      }
    }
  }

  private Reading reject(RawRecord record, ReasonCode code, String reason) {
    DeadLetter deadLetter =
        new DeadLetter(
            source.name(),
            record.topic(),
            record.partition(),
            record.offset(),
            Limits.clamp(record.receivedAt()),
            code.name(),
            mask.text(reason),
            mask.payload(record.value()));
    return new Reading(RecordEnd.REJECTED, List.of(), deadLetter, List.of(), tally.total());
  }
}
