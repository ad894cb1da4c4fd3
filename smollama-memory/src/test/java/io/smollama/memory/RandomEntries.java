package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.WriterClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Entries of three replicas that write at the same time, refer to each other and make mistakes.
 * Their chains fork, and one of them says twice who it is.
 */
final class RandomEntries {
  private static final String[] ABOUT = {
    Payloads.MEM_CONFIRM,
    Payloads.MEM_CONFIRM,
    Payloads.MEM_DISPUTE,
    Payloads.MEM_EDIT,
    Payloads.MEM_RETRACT,
    Payloads.MEM_RESTORE
  };

  private final SplittableRandom random;
  private final List<EntryId> ids = new ArrayList<>();
  private final List<EntryId> facts = new ArrayList<>();
  private final List<EntryId> observations = new ArrayList<>();

  RandomEntries(long seed) {
    this.random = new SplittableRandom(seed);
  }

  List<JournalEntry> make(int count) {
    for (int i = 0; i < count; i++) {
      EntryId id = new EntryId("%016x".formatted(random.nextLong()).repeat(4));
      ids.add(id);
      (random.nextInt(3) == 0 ? observations : facts).add(id);
    }
    long[] lamport = new long[3];
    long[] seq = new long[3];
    long[] mono = new long[3];
    List<JournalEntry> made = new ArrayList<>(introductions());
    for (EntryId id : ids) {
      int origin = random.nextInt(3);
      lamport[origin] += 1 + random.nextInt(3);
      String type = facts.contains(id) ? typeAboutFacts() : typeAboutObservations();
      made.add(
          new JournalEntry(
              id,
              new ChainId(new ReplicaId("0%d".formatted(origin).repeat(16)), ChainId.KNOWLEDGE),
              seq[origin] = next(seq[origin]),
              lamport[origin],
              random.nextInt(5) == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time())),
              type,
              random.nextInt(20) == 0 ? "{\"memory\":7}" : payload(type),
              random.nextInt(5) == 0 ? Optional.empty() : Optional.of(clock(mono, origin))));
    }
    marks(made);
    return made;
  }

  /** The steady clock begins anew now and then. */
  private WriterClock clock(long[] mono, int origin) {
    mono[origin] += random.nextInt(200);
    long boot = mono[origin] / 1_000;
    return new WriterClock(
        boot, mono[origin] % 1_000 * 60_000, ClockQuality.ofCode(random.nextInt(5)));
  }

  /** What they know of their clocks: right, wrong, told by others, or nonsense. */
  private void marks(List<JournalEntry> made) {
    for (int i = 0; i < made.size() / 8; i++) {
      long mono = random.nextInt(60_000_000);
      String told =
          ",\"mono\":%d,\"within\":%d,\"peer_time\":%d"
              .formatted(mono, random.nextInt(5_000), time());
      made.add(
          random.nextInt(made.size()),
          new JournalEntry(
              new EntryId("%016x".formatted(random.nextLong()).repeat(4)),
              new ChainId(
                  new ReplicaId("0%d".formatted(random.nextInt(3)).repeat(16)), ChainId.CONTROL),
              2L + i,
              3L + i,
              Optional.of(Instant.ofEpochMilli(time())),
              "ctl.clock",
              random.nextInt(20) == 0
                  ? "7"
                  : "{\"reason\":\"x\"%s}".formatted(random.nextInt(3) == 0 ? told : ""),
              Optional.of(
                  new WriterClock(
                      random.nextInt(5), mono, ClockQuality.ofCode(random.nextInt(5))))));
    }
  }

  /** By a clock that is right, or by one that nobody set. */
  private long time() {
    return (random.nextInt(3) == 0 ? 1_000_000 : 1_770_000_000_000L) + random.nextInt(1_000);
  }

  /** The next place in a line, or one that another line has already. */
  private long next(long seq) {
    return random.nextInt(10) == 0 && seq > 3 ? seq - random.nextInt(3) : seq + 1;
  }

  private List<JournalEntry> introductions() {
    List<JournalEntry> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(
          new JournalEntry(
              new EntryId("%016x".formatted(random.nextLong()).repeat(4)),
              new ChainId(new ReplicaId("0%d".formatted(i / 2).repeat(16)), ChainId.CONTROL),
              1,
              1 + random.nextInt(2),
              Optional.empty(),
              "ctl.genesis",
              random.nextInt(4) == 0 ? "{\"node\":7}" : "{\"node\":\"node" + i + "\"}"));
    }
    return made;
  }

  private String typeAboutFacts() {
    int kind = random.nextInt(10);
    return kind < 4
        ? Payloads.MEM_ADD
        : kind == 4 ? Payloads.MEM_MERGE : ABOUT[random.nextInt(ABOUT.length)];
  }

  private String typeAboutObservations() {
    int kind = random.nextInt(10);
    return kind < 6 ? Payloads.OBS_ADD : kind < 8 ? Payloads.OBS_RETRACT : Payloads.OBS_SUMMARY;
  }

  private String payload(String type) {
    String by = random.nextInt(3) == 0 ? "operator" : "model";
    return switch (type) {
      case Payloads.MEM_ADD, Payloads.OBS_ADD ->
          "{\"text\":\"%s\",\"confidence\":%d,\"provenance\":\"%s\"%s%s}"
              .formatted(
                  word(), random.nextInt(1000), by, some(), type.startsWith("mem") ? old() : "");
      case Payloads.MEM_MERGE -> "{\"memories\":[\"%s\",\"%s\"]}".formatted(one(facts), one(facts));
      case Payloads.OBS_RETRACT -> "{\"observation\":\"%s\"}".formatted(one(observations));
      case Payloads.OBS_SUMMARY ->
          random.nextInt(3) == 0
              ? "{\"of\":\"%s\",\"covers\":[\"%s\"]}"
                  .formatted(one(observations), one(observations))
              : "{\"text\":\"%s\",\"confidence\":5,\"covers\":[\"%s\",\"%s\"]}"
                  .formatted(word(), one(observations), one(observations));
      case Payloads.MEM_EDIT ->
          "{\"memory\":\"%s\",\"provenance\":\"%s\"%s%s%s}"
              .formatted(
                  one(facts),
                  by,
                  random.nextBoolean() ? ",\"text\":\"" + word() + "\"" : "",
                  random.nextBoolean() ? ",\"confidence\":" + random.nextInt(1000) : "",
                  some());
      default -> "{\"memory\":\"%s\",\"provenance\":\"%s\"}".formatted(one(facts), by);
    };
  }

  private String some() {
    return switch (random.nextInt(7)) {
      case 5 -> ",\"node\":\"" + word() + "\"";
      case 0 -> ",\"valid_to\":" + time();
      case 1 -> ",\"valid_to\":null";
      case 2 -> ",\"valid_from\":" + time();
      case 3 -> ",\"tags\":[\"" + word() + "\"]";
      case 4 -> ",\"tainted\":true,\"sources\":[\"t:" + random.nextInt(3) + "\"]";
      default -> "";
    };
  }

  private String old() {
    return random.nextInt(5) == 0 ? ",\"supersedes\":[\"" + one(facts) + "\"]" : "";
  }

  /** Any of them, written already or not; some are the talk of all. */
  private String one(List<EntryId> of) {
    return of.get(random.nextInt(random.nextInt(4) > 0 ? 8 : of.size())).hex();
  }

  private String word() {
    return "word" + random.nextInt(1_000);
  }

  /** All of them in another order, some of them several times. */
  List<JournalEntry> shuffled(List<JournalEntry> entries) {
    List<JournalEntry> mixed = new ArrayList<>(entries);
    for (int i = 0; i < entries.size() / 4; i++) {
      mixed.add(entries.get(random.nextInt(entries.size())));
    }
    for (int i = mixed.size() - 1; i > 0; i--) {
      mixed.set(i, mixed.set(random.nextInt(i + 1), mixed.get(i)));
    }
    return mixed;
  }

  int pageSize() {
    return 1 + random.nextInt(7);
  }
}
