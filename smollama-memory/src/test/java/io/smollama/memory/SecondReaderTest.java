package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that only reads, while another writes to the same file. */
class SecondReaderTest {
  private static final Corrections.By BY = Corrections.By.OPERATOR;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private Path file() {
    return folder.resolve("memory.sqlite");
  }

  private static List<String> recall(MemoryStore store, String words) {
    return store.recall(RecallQuery.of(words, 10)).hits().stream().map(RecallHit::text).toList();
  }

  /** Remembers each line of its input and says so. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      try (MemoryStore store =
          MemoryStore.open(Path.of(arguments[0]), new WordEmbeddings(8), new ManualClock())) {
        out.println("open");
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
            .lines()
            .forEach(line -> out.println(store.remember(NewMemory.of(line)).outcome()));
      }
    }
  }

  @Test
  void findsWhatAnotherProcessRemembers() throws Exception {
    Process writer =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (PrintStream to = new PrintStream(writer.getOutputStream(), true, StandardCharsets.UTF_8);
        BufferedReader from =
            new BufferedReader(
                new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(from.readLine()).isEqualTo("open");
      try (MemoryStore reader = MemoryStore.openReadOnly(file(), clock)) {
        assertThat(recall(reader, "cellar")).isEmpty();
        for (int i = 0; i < 5; i++) {
          String fact = "The cellar smells of apples of year " + (1990 + i);
          to.println(fact);
          assertThat(from.readLine()).isEqualTo("ADDED");
          assertThat(recall(reader, "cellar apples")).hasSize(i + 1).contains(fact);
        }
      }
    } finally {
      writer.destroy();
      writer.waitFor();
    }
  }

  @Nested
  class BesideAStoreThatWrites {
    private MemoryStore writer;
    private MemoryStore reader;

    @BeforeEach
    void open() {
      writer = MemoryStore.open(file(), new WordEmbeddings(8), clock);
      reader = MemoryStore.openReadOnly(file(), clock);
    }

    @AfterEach
    void close() {
      reader.close();
      writer.close();
    }

    private EntryId remember(String fact) {
      return writer.remember(NewMemory.of(fact)).memory().id();
    }

    @Test
    void seesCorrections() {
      EntryId gate = remember("The gate squeaks");
      EntryId roof = remember("The roof leaks");
      assertThat(recall(reader, "gate squeaks")).containsExactly("The gate squeaks");
      MemoryEdit edit =
          new MemoryEdit(
              Optional.of("The gate jams"),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      writer.corrections().edit(gate, edit, BY);
      assertThat(recall(reader, "squeaks")).isEmpty();
      assertThat(recall(reader, "jams")).containsExactly("The gate jams");
      writer.corrections().retract(roof, BY);
      assertThat(recall(reader, "roof leaks")).isEmpty();
      writer.corrections().restore(roof, BY);
      assertThat(recall(reader, "roof leaks")).containsExactly("The roof leaks");
      writer.remember(NewMemory.of("The roof is new").replacing(roof));
      clock.advance(Duration.ofHours(1));
      assertThat(recall(reader, "roof")).containsExactly("The roof is new");
    }

    @Test
    void givesWhatAFreshReaderGives() {
      Random random = new Random(5);
      List<EntryId> facts = new ArrayList<>();
      for (int step = 0; step < 120; step++) {
        change(random, facts, step);
        if (random.nextInt(3) == 0) {
          String words = random.nextInt(4) == 0 ? "" : "lamp shelf " + random.nextInt(step + 1);
          try (MemoryStore fresh = MemoryStore.openReadOnly(file(), clock)) {
            assertThat(reader.recall(RecallQuery.of(words, 10)))
                .as("step %d, '%s'", step, words)
                .isEqualTo(fresh.recall(RecallQuery.of(words, 10)));
          }
        }
      }
    }

    private void change(Random random, List<EntryId> facts, int step) {
      EntryId some = facts.isEmpty() ? null : facts.get(random.nextInt(facts.size()));
      switch (some == null ? 0 : random.nextInt(9)) {
        case 0, 1, 2 -> facts.add(remember("Lamp " + step + " hangs over shelf " + step % 5));
        case 3 -> writer.observe(noticed("Shelf " + step + " shook"));
        case 4 -> writer.corrections().retract(some, BY);
        case 5 -> writer.corrections().restore(some, BY);
        case 6 -> writer.corrections().confirm(some, BY);
        case 7 -> merge(some, facts.get(0));
        default ->
            facts.add(
                writer
                    .remember(NewMemory.of("Lamp " + step + " is sold").replacing(some))
                    .memory()
                    .id());
      }
      clock.advance(Duration.ofMinutes(1));
    }

    private void merge(EntryId one, EntryId other) {
      EntryId first = writer.memory(one).orElseThrow().id();
      EntryId second = writer.memory(other).orElseThrow().id();
      if (!first.equals(second)) {
        writer.corrections().merge(first, second, BY);
      }
    }

    private static NewObservation noticed(String text) {
      return NewObservation.of(text, ObservationType.GENERAL, List.of());
    }
  }
}
