package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.memory.Corrections.By;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryFilter;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import io.smollama.sync.Exchange;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SharedReplica;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.SyncMessage;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories over journals that other nodes write to as well, and whose chains fork. */
class ForkedMemoryTest {
  private static final long ALL = Long.MAX_VALUE;

  private final ManualClock clock = new ManualClock();
  private final List<Node> open = new ArrayList<>();

  @TempDir Path folder;

  /** A journal and the memory over it. */
  private record Node(String name, Path files, SqliteJournal journal, MemoryStore memory) {
    void close() {
      memory.close();
      journal.close();
    }
  }

  @AfterEach
  void closeAll() {
    for (Node node : open) {
      node.memory().catchUp();
      assertThat(node.memory().upkeep().verify()).as(node.name()).isEmpty();
      assertThat(node.journal().verify().problems()).as(node.name()).isEmpty();
      node.close();
    }
  }

  private Node open(String name, String files) {
    Path path = folder.resolve(files);
    SqliteJournal journal =
        SqliteJournal.open(path.resolve("journal.sqlite"), ReplicaSetup.ofThisMachine(name));
    MemoryStore memory =
        MemoryStore.open(
            path.resolve("memory.sqlite"),
            journal,
            Optional.empty(),
            clock,
            new MemoryStore.Settings(name, MemoryConfig.defaults()));
    Node node = new Node(name, path, journal, memory);
    open.add(node);
    return node;
  }

  /** A card that is copied while the node runs: neither of the two can tell. */
  private Node cloned(Node node, String files) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(files));
    for (String file : List.of("journal.sqlite", "journal.sqlite-wal", "replica.json")) {
      if (Files.exists(node.files().resolve(file))) {
        Files.copy(
            node.files().resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Node clone = open(node.name(), files);
    assertThat(clone.journal().origin()).isEqualTo(node.journal().origin());
    return clone;
  }

  private static void exchange(Node asking, Node answering) {
    SharedReplica here = asking.journal().replica();
    SharedReplica there = answering.journal().replica();
    Exchange exchange = here.exchange(ALL);
    Optional<SyncMessage> next = exchange.next(here.now());
    while (next.isPresent()) {
      SyncMessage answer =
          next.get() instanceof Hello hello
              ? there.answer(hello, ALL)
              : next.get() instanceof Pull pull
                  ? there.answer(pull)
                  : there.answer((Push) next.get(), ALL);
      exchange.accept(answer, here.now());
      next = exchange.next(here.now());
    }
  }

  private static List<Memory> facts(Node node) {
    node.memory().catchUp();
    return node.memory().memories(MemoryFilter.everything(999));
  }

  private static List<Observation> observations(Node node) {
    return node.memory().observations(Optional.empty(), Instant.EPOCH, 999);
  }

  private static void assertSame(Node one, Node other) {
    assertThat(facts(other)).isEqualTo(facts(one));
    assertThat(observations(other)).isEqualTo(observations(one));
    assertThat(other.memory().upkeep().viewHash()).isEqualTo(one.memory().upkeep().viewHash());
  }

  @Test
  void bothLinesOfAClonedNodeAreFoldedOnce() throws Exception {
    Node garden = open("garden", "garden");
    Node server = open("server", "server");
    garden.memory().remember(NewMemory.of("The pump is off"));
    exchange(server, garden);
    assertThat(facts(server)).extracting(Memory::node).containsExactly("garden");

    Node clone = cloned(garden, "clone");
    garden.memory().remember(NewMemory.of("The pump is off")); // a confirmation
    garden.memory().remember(NewMemory.of("The roof leaks"));
    exchange(server, garden);
    assertThat(facts(server)).hasSize(2); // folded before the fork is known here

    clone.memory().remember(NewMemory.of("The pump is off"));
    clone.memory().observe(NewObservation.of("It rains", ObservationType.STATUS, List.of()));
    exchange(clone, server);
    ChainId forked = new ChainId(garden.journal().origin(), ChainId.KNOWLEDGE);
    assertThat(server.journal().frontier().tips(forked).heads()).hasSize(2);
    List<Memory> known = facts(server);
    assertThat(known)
        .filteredOn(fact -> fact.fact().equals("The pump is off"))
        .singleElement()
        .extracting(Memory::timesConfirmed)
        .isEqualTo(3);
    assertThat(observations(server)).extracting(Observation::node).containsExactly("garden");

    for (int round = 0; round < 3; round++) { // both go on under origins of their own
      exchange(garden, server);
      exchange(clone, server);
    }
    assertThat(garden.journal().frontier()).isEqualTo(server.journal().frontier());
    assertThat(clone.journal().frontier()).isEqualTo(server.journal().frontier());
    assertSame(server, garden);
    assertSame(server, clone);
    Node anew = open("anew", "anew");
    exchange(anew, server);
    assertSame(server, anew);
  }

  /** Nodes and their clones write, correct each other and meet in any order. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void whoeverMetWhomEqualFrontiersAreEqualMemories(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    open("garden", "garden");
    open("cellar", "cellar");
    for (int step = 0; step < 60; step++) {
      Node node = open.get(random.nextInt(open.size()));
      switch (random.nextInt(6)) {
        case 0 -> exchange(node, open.get(random.nextInt(open.size())));
        case 1 -> node.memory().catchUp();
        case 2 ->
            node.memory()
                .observe(NewObservation.of("Seen " + step, ObservationType.STATUS, List.of()));
        case 3 -> {
          if (open.size() < 5 && random.nextBoolean()) {
            Node clone = cloned(node, "copy" + step);
            assertThat(clone.name()).isEqualTo(node.name());
          }
        }
        case 4 -> correct(random, node);
        default -> node.memory().remember(NewMemory.of("Fact number " + random.nextInt(9)));
      }
    }
    Node server = open("server", "server");
    for (int round = 0; round < 4; round++) {
      open.forEach(node -> exchange(node, server));
    }
    for (Node node : open) {
      assertThat(node.journal().frontier())
          .as("seed %d, %s", seed, node.files())
          .isEqualTo(server.journal().frontier());
      assertSame(server, node);
    }
  }

  private static void correct(SplittableRandom random, Node node) {
    List<Memory> facts = facts(node);
    if (!facts.isEmpty()) {
      Memory fact = facts.get(random.nextInt(facts.size()));
      switch (random.nextInt(3)) {
        case 0 -> node.memory().corrections().dispute(fact.id(), By.OPERATOR);
        case 1 -> node.memory().corrections().retract(fact.id(), By.OPERATOR);
        default -> node.memory().corrections().confirm(fact.id(), By.OPERATOR);
      }
    }
  }

  @Test
  void aMemoryHearsOfWhatOtherNodesKnow() throws Exception {
    Node here = open("here", "here");
    Node there = open("there", "there");
    there.memory().remember(NewMemory.of("The cellar is damp"));
    CountDownLatch applied = new CountDownLatch(1);
    try (MemoryFollower follower = MemoryFollower.start(here.journal(), here.memory())) {
      assertThat(follower).isNotNull();
      Thread watcher = new Thread(() -> awaitFact(here.memory(), applied));
      watcher.setDaemon(true);
      watcher.start();
      exchange(here, there);
      assertThat(applied.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(here.memory().memories(9))
        .extracting(Memory::fact)
        .containsExactly("The cellar is damp");
  }

  private static void awaitFact(MemoryStore memory, CountDownLatch applied) {
    while (memory.memories(9).isEmpty()) {
      Thread.onSpinWait();
    }
    applied.countDown();
  }
}
