package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ClockHistory;
import io.smollama.core.DatedTime;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A journal entry that a view is made from, its payload read and found sound. Optional keys that
 * are not as they must be count as absent; without a required one the entry is passed over.
 *
 * @param entry the entry
 * @param payload its JSON object
 * @param written when it was written, as far as that is known
 */
record Event(JournalEntry entry, ObjectNode payload, DatedTime written) {
  /** Who came last, see {@link JournalEntry#ORDER}. */
  static final Comparator<Event> ORDER = Comparator.comparing(Event::entry, JournalEntry.ORDER);

  private static final Set<String> STATING =
      Set.of(Payloads.OBS_ADD, Payloads.OBS_SUMMARY, Payloads.MEM_ADD);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  static final int LEAST_CONFIDENCE = -1000;
  private static final long LAST_MILLISECOND = 1L << 53;

  /** Reads an entry; empty if it is of a type that no view knows or lacks what its type needs. */
  static Optional<Event> of(JournalEntry entry) {
    return Payloads.parse(entry.payload())
        .map(payload -> new Event(entry, payload, ClockHistory.NONE.date(entry)))
        .filter(Event::isSound);
  }

  /** The same, by what is known of the clocks of its origin. */
  Event dated(ClockHistory clocks) {
    return new Event(entry, payload, clocks.date(entry));
  }

  private boolean isSound() {
    return switch (type()) {
      case Payloads.OBS_ADD, Payloads.MEM_ADD -> states();
      case Payloads.OBS_SUMMARY -> states() || id("of").isPresent();
      case Payloads.OBS_RETRACT -> id("observation").isPresent();
      case Payloads.MEM_MERGE -> ids("memories").size() > 1;
      case Payloads.MEM_CONFIRM,
          Payloads.MEM_DISPUTE,
          Payloads.MEM_EDIT,
          Payloads.MEM_RETRACT,
          Payloads.MEM_RESTORE ->
          id("memory").isPresent();
      default -> false;
    };
  }

  /** Whether it brings an observation or a fact into being; an edit has a text as well. */
  boolean states() {
    return STATING.contains(type())
        && text("text").filter(text -> !text.isBlank()).isPresent()
        && permille().isPresent();
  }

  /** Whether only the number of such events counts, and of each origin a few only. */
  boolean isConfirmation() {
    return type().equals(Payloads.MEM_CONFIRM);
  }

  EntryId id() {
    return entry.id();
  }

  String type() {
    return entry.type();
  }

  ReplicaId origin() {
    return entry.chain().origin();
  }

  /** When what it tells happened: the time that it names, else when it was written. */
  DatedTime when() {
    Optional<Instant> named = instant("time");
    return named.isPresent() ? new DatedTime(named, TimeCertainty.STATED) : written;
  }

  /** As {@link #when}, without how well that is known. */
  Optional<Instant> time() {
    return when().time();
  }

  /** As {@link #when}, if it is another time than the writer could know. */
  Optional<Instant> workedOut() {
    return when().certainty().isWorkedOut() ? time() : Optional.empty();
  }

  /** The time that its writer saw. */
  Optional<Instant> seen() {
    return instant("time").or(entry::wall);
  }

  /** Every observation and fact whose row may change by it. */
  Set<EntryId> concerns() {
    return switch (type()) {
      case Payloads.OBS_ADD -> Set.of(id());
      case Payloads.OBS_SUMMARY -> with(summary(), ids("covers"));
      case Payloads.OBS_RETRACT -> ids("observation");
      case Payloads.MEM_ADD -> with(id(), ids("supersedes"));
      case Payloads.MEM_MERGE -> ids("memories");
      default -> ids("memory");
    };
  }

  /** A summary that covers more than one entry can name goes on in entries that name the first. */
  EntryId summary() {
    return states() ? id() : id("of").orElse(id());
  }

  /** The summaries whose covered observations it may hide or show. */
  Set<EntryId> mayCover() {
    return switch (type()) {
      case Payloads.OBS_SUMMARY -> Set.of(summary());
      case Payloads.OBS_RETRACT -> ids("observation");
      default -> Set.of();
    };
  }

  private static Set<EntryId> with(EntryId first, Set<EntryId> others) {
    Set<EntryId> all = new LinkedHashSet<>(others);
    all.add(first);
    return all;
  }

  /** A text; empty if the key is missing or of another kind. */
  Optional<String> text(String key) {
    return Optional.ofNullable(payload.path(key).textValue());
  }

  /** How often it had been said before it was imported, 0 to 20; empty if it was not. */
  Optional<Integer> saidBefore() {
    JsonNode value = payload.path("confirmed");
    return value.canConvertToInt() && value.isIntegralNumber()
        ? Optional.of(Math.max(0, Math.min(MemoryFold.MOST_CONFIRMATIONS, value.intValue() - 1)))
        : Optional.empty();
  }

  /** Whether it was retracted or hidden before it was imported. */
  boolean isInactive() {
    return payload.path("active").isBoolean() && !flag("active");
  }

  /** The confidence, at most 1,000; below 0 where confirmations are to raise it again. */
  Optional<Integer> permille() {
    JsonNode value = payload.path("confidence");
    return value.isIntegralNumber() && value.canConvertToInt()
        ? Optional.of(Math.max(LEAST_CONFIDENCE, Math.min(1000, value.intValue())))
        : Optional.empty();
  }

  /** A time in milliseconds since 1970; empty if it is no whole number below 2^53. */
  Optional<Instant> instant(String key) {
    JsonNode value = payload.path(key);
    return value.isIntegralNumber()
            && value.canConvertToLong()
            && Math.abs(value.longValue()) < LAST_MILLISECOND
        ? Optional.of(Instant.ofEpochMilli(value.longValue()))
        : Optional.empty();
  }

  /** Whether a key says something: a bound that is {@code null} is taken away. */
  boolean bounds(String key) {
    return payload.path(key).isNull() || instant(key).isPresent();
  }

  boolean flag(String key) {
    return payload.path(key).isBoolean() && payload.path(key).booleanValue();
  }

  boolean byOperator() {
    return text("provenance").filter(Provenance.OPERATOR.word()::equals).isPresent();
  }

  /** The texts of a list; empty if there is no list. */
  Optional<List<String>> texts(String key) {
    JsonNode list = payload.path(key);
    if (!list.isArray()) {
      return Optional.empty();
    }
    Set<String> found = new LinkedHashSet<>();
    list.forEach(
        item -> {
          if (item.isTextual()) {
            found.add(item.textValue());
          }
        });
    return Optional.of(List.copyOf(found));
  }

  /** The ids under a key, one or a list; what is no id is left out. */
  Set<EntryId> ids(String key) {
    Set<EntryId> found = new LinkedHashSet<>();
    id(key).ifPresent(found::add);
    texts(key).stream()
        .flatMap(List::stream)
        .filter(hex -> ID.matcher(hex).matches())
        .map(EntryId::new)
        .forEach(found::add);
    return found;
  }

  /** The one id under a key. */
  Optional<EntryId> id(String key) {
    return text(key).filter(hex -> ID.matcher(hex).matches()).map(EntryId::new);
  }
}
