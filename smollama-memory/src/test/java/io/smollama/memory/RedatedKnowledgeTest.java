package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.TimeCertainty;
import io.smollama.core.TimeCertainty.Kind;
import io.smollama.core.WriterClock;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node said whose clock showed 1970 until somebody set it. */
class RedatedKnowledgeTest {
  private static final ReplicaId SHED = new ReplicaId("5e".repeat(16));
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant STARTED = Instant.parse("1970-01-01T00:00:00Z");
  private static final String SAID = "{\"text\":\"%s\",\"confidence\":700%s}";

  private final ManualClock clock = new ManualClock(NOON.plus(Duration.ofHours(3)));
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final long[] seq = new long[2];
  private long lamport;
  private MemoryStore store;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            file(),
            journal,
            Optional.of(new WordEmbeddings(8)),
            clock,
            new MemoryStore.Settings("house", MemoryConfig.defaults()));
  }

  @AfterEach
  void close() {
    assertThat(store.upkeep().verify()).isEmpty();
    store.close();
  }

  @Test
  void isDatedAnewWhenItBecomesKnownWhatTheTimeWas() {
    EntryId fact = unset(60, "mem.add", SAID.formatted("The pump hums", ""));
    EntryId seen = unset(70, "obs.add", SAID.formatted("Water in the shed", ""));
    store.catchUp();
    assertThat(store.memory(fact).orElseThrow().time()).contains(STARTED.plusSeconds(60));
    assertThat(store.memory(fact).orElseThrow().timeCertainty()).isEqualTo(TimeCertainty.STATED);
    set(600, NOON);
    store.catchUp();
    Memory dated = store.memory(fact).orElseThrow();
    assertThat(dated.time()).contains(NOON.minusSeconds(540));
    assertThat(dated.timeCertainty().kind()).isEqualTo(Kind.ESTIMATED);
    assertThat(dated.timeCertainty().within().orElseThrow()).isLessThan(Duration.ofSeconds(2));
    Observation noticed = store.observation(seen).orElseThrow();
    assertThat(noticed.time()).contains(NOON.minusSeconds(530));
    assertThat(store.recall(RecallQuery.of("pump", 3)).hits().get(0).timeCertainty())
        .isEqualTo(dated.timeCertainty());
    assertThat(store.corrections().history(fact).get(0).time()).isEqualTo(dated.time());
  }

  @Test
  void tellsWhenAFactEnded() {
    EntryId monday = unset(60, "mem.add", SAID.formatted("The bins go out on Monday", ""));
    unset(
        120,
        "mem.add",
        SAID.formatted("The bins go out on Friday", ",\"supersedes\":[\"" + monday.hex() + "\"]"));
    unset(180, "mem.retract", "{\"memory\":\"" + monday.hex() + "\"}");
    set(600, NOON);
    store.catchUp();
    assertThat(store.memory(monday).orElseThrow().validTo()).contains(NOON.minusSeconds(480));
  }

  @Test
  void endsWhenItWasSaidToEndNow() {
    EntryId fact = unset(60, "mem.add", SAID.formatted("The bins go out on Monday", ""));
    unset(120, "mem.edit", "{\"memory\":\"" + fact.hex() + "\",\"valid_to\":119900}");
    EntryId other = unset(130, "mem.add", SAID.formatted("The gate is green", ""));
    unset(
        180,
        "mem.add",
        SAID.formatted(
            "The gate is red", ",\"valid_from\":179900,\"supersedes\":[\"" + other.hex() + "\"]"));
    set(600, NOON);
    store.catchUp();
    assertThat(store.memory(fact).orElseThrow().validTo()).contains(NOON.minusSeconds(480));
    assertThat(store.memory(other).orElseThrow().validTo()).contains(NOON.minusSeconds(420));
  }

  @Test
  void namesTheTimeThatSomebodySaid() {
    Instant then = Instant.parse("2024-05-05T00:00:00Z");
    EntryId fact =
        unset(
            60,
            "mem.add",
            SAID.formatted("The roof was mended", ",\"time\":" + then.toEpochMilli()));
    set(600, NOON);
    store.catchUp();
    assertThat(store.memory(fact).orElseThrow().time()).contains(then);
    assertThat(store.memory(fact).orElseThrow().timeCertainty()).isEqualTo(TimeCertainty.STATED);
  }

  @Test
  void wasBelievedFromThenOn() {
    unset(60, "mem.add", SAID.formatted("The pump hums", ""));
    set(600, NOON);
    store.catchUp();
    Instant said = NOON.minusSeconds(540);
    assertThat(believedAt(said.plusSeconds(5))).isOne();
    assertThat(believedAt(said.minusSeconds(5))).isZero();
  }

  @Test
  void isDatedInAFileThatKnewNothingOfClocks() throws Exception {
    EntryId fact = unset(60, "mem.add", SAID.formatted("The pump hums", ""));
    set(600, NOON);
    store.catchUp();
    String hash = store.upkeep().viewHash();
    store.close();
    RawSqlite.forgetClocks(file());
    RawSqlite.update(
        file(), "DELETE FROM event WHERE type = 'ctl.clock'", "PRAGMA user_version = 5");
    open();
    assertThat(store.memory(fact).orElseThrow().time()).contains(NOON.minusSeconds(540));
    assertThat(store.upkeep().viewHash()).isEqualTo(hash);
    store.close();
    RawSqlite.update(file(), "UPDATE meta SET value = '9' WHERE key = 'fold_version'");
    open();
    assertThat(store.upkeep().viewHash()).isEqualTo(hash);
  }

  private int believedAt(Instant time) {
    return store.memories(MemoryFilter.believedAt(time, 5)).size();
  }

  private Path file() {
    return folder.resolve("memory.sqlite");
  }

  private EntryId unset(long seconds, String type, String payload) {
    return take(
        ChainId.KNOWLEDGE,
        seconds,
        STARTED.plusSeconds(seconds),
        ClockQuality.UNKNOWN,
        type,
        payload);
  }

  private void set(long seconds, Instant time) {
    take(
        ChainId.CONTROL,
        seconds,
        time,
        ClockQuality.NTP,
        "ctl.clock",
        "{\"reason\":\"synchronised\"}");
  }

  private EntryId take(
      int stream, long seconds, Instant wall, ClockQuality quality, String type, String payload) {
    seq[stream]++;
    return journal
        .take(
            new JournalEntry(
                new EntryId("%02x%02x".formatted(stream, seq[stream]).repeat(16)),
                new ChainId(SHED, stream),
                seq[stream],
                ++lamport,
                Optional.of(wall),
                type,
                payload,
                Optional.of(new WriterClock(1, seconds * 1_000, quality))))
        .id();
  }
}
