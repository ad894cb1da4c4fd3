package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smollama.core.ClockQuality;
import io.smollama.core.Frontier;
import io.smollama.dashboard.KnowledgeDesk;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.sync.BacklogFile;
import io.smollama.sync.ClockMarks;
import io.smollama.sync.PeerTime;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SqliteJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that starts in 1970, as a machine without a clock of its own does. */
class UnsetClockOfNodeTest {
  private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");

  private final ManualClock clock = new ManualClock(Instant.parse("1970-01-01T00:00:10Z"));
  private final AtomicLong mono = new AtomicLong(10_000);
  private final AtomicReference<ClockQuality> quality = new AtomicReference<>(ClockQuality.UNKNOWN);
  private final Random random = new Random(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void close() {
    Closing.all(List.copyOf(open));
  }

  @Test
  void saysWhenAFactWasSaidOnceItsClockIsSet() {
    SqliteJournal journal = journal("node");
    MemoryStore memory = memory("node", journal);
    Memory said = memory.remember(NewMemory.of("The pump hums")).memory();
    journal.clockMarks().look();
    assertThat(journal.clockMarks().state()).isEqualTo(ClockMarks.State.UNSET);
    pass(Duration.ofMinutes(20));
    set(NOON);
    journal.clockMarks().look();
    memory.catchUp();
    pass(Duration.ofHours(3));
    JsonNode shown = show(memory, said);
    assertThat(shown.path("time").asText()).isEqualTo("2026-03-03T11:40:00Z");
    assertThat(shown.path("time_quality").asText()).isEqualTo("estimated");
    assertThat(shown.path("time_uncertainty_ms").asLong()).isBetween(1_000L, 2_000L);
    assertThat(MemoryLines.of(shown)).contains("about 3 h ago ± 2 s");
    assertThat(MemoryLines.when(shown)).startsWith("about ").endsWith(" ± 2 s");
    assertThat(MemoryLines.when(shown.path("history").get(0))).isEqualTo(MemoryLines.when(shown));
  }

  @Test
  void saysTheSameAfterARestartAndElsewhere() {
    SqliteJournal journal = journal("node");
    MemoryStore memory = memory("node", journal);
    Memory said = memory.remember(NewMemory.of("The pump hums")).memory();
    pass(Duration.ofMinutes(5));
    journal.clockMarks().told(new PeerTime(mono.get(), NOON, Duration.ofSeconds(1)));
    memory.catchUp();
    String view = memory.upkeep().viewHash();
    Path file = folder.resolve("backlog");
    BacklogFile.export(journal.replica(), Frontier.EMPTY, file);
    close();
    open.clear();
    SqliteJournal again = journal("node");
    MemoryStore anew = memory("anew", again);
    assertThat(anew.upkeep().viewHash()).isEqualTo(view);
    SqliteJournal other = journal("other");
    MemoryStore elsewhere = memory("other", other);
    BacklogFile.importInto(other.replica(), file);
    elsewhere.catchUp();
    assertThat(elsewhere.upkeep().viewHash()).isEqualTo(view);
    assertThat(elsewhere.memory(said.id()).orElseThrow().time())
        .contains(NOON.minus(Duration.ofMinutes(5)));
  }

  @Test
  void theOwnMarkReachesTheMemoryThatFollows() {
    SqliteJournal journal = journal("node");
    MemoryStore memory = memory("node", journal);
    Memory said = memory.remember(NewMemory.of("The pump hums")).memory();
    MemoryFollower follower = MemoryFollower.start(journal, memory);
    set(NOON);
    journal.clockMarks().look();
    follower.close(); // waits for it
    assertThat(memory.memory(said.id()).orElseThrow().time()).contains(NOON);
  }

  private JsonNode show(MemoryStore memory, Memory fact) {
    return new KnowledgeDesk(memory, clock, "node")
        .show(JsonNodeFactory.instance.objectNode().put("id", fact.id().hex()));
  }

  private SqliteJournal journal(String name) {
    ReplicaSetup setup =
        new ReplicaSetup(
            name, Optional.empty(), () -> "board=1", clock, quality::get, mono::get, random);
    SqliteJournal journal = SqliteJournal.open(folder.resolve(name).resolve("journal.db"), setup);
    open.add(journal);
    return journal;
  }

  private MemoryStore memory(String name, SqliteJournal journal) {
    MemoryStore memory =
        MemoryStore.open(
            folder.resolve(name + ".sqlite"),
            journal,
            Optional.empty(),
            clock,
            new MemoryStore.Settings(name, MemoryConfig.defaults()));
    open.add(0, memory);
    return memory;
  }

  private void pass(Duration time) {
    mono.addAndGet(time.toMillis());
    clock.advance(time);
  }

  private void set(Instant time) {
    clock.advance(Duration.between(clock.instant(), time));
    quality.set(ClockQuality.NTP);
  }
}
