package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.memory.MemoryFilter;
import io.smollama.sync.SqliteJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Node and server are killed over and over while they share; what either has acknowledged is there
 * afterwards. {@code -Dsmollama.sharing.rounds=200} for a long run.
 */
class SharingCrashTest {
  private static final int ROUNDS = Integer.getInteger("smollama.sharing.rounds", 4);
  private static final int MOST_LINES = 40;
  private static final long BETWEEN_LINES_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int ENDLESS = 1_000_000;

  private final Random random = new Random(42);
  private final Set<Integer> told = new TreeSet<>();
  private final Set<Integer> met = new TreeSet<>();
  @TempDir private Path folder;

  @Test
  void nothingAcknowledgedIsLostWhoeverIsKilled() throws Exception {
    KilledProgram program =
        KilledProgram.of(
            SharingProcess.class,
            Files.createDirectory(folder.resolve("quick")),
            "to the end",
            folder.resolve("first").toString());
    for (int round = 0; round < ROUNDS; round++) {
      live(program, round);
      Set<String> kept = facts("kitchen");
      told.forEach(number -> assertThat(kept).contains(SharingProcess.fact("kitchen", number)));
      int seen = met.stream().mapToInt(Integer::intValue).max().orElse(0);
      Set<String> shared = facts("llama");
      told.stream()
          .filter(number -> number <= seen)
          .forEach(number -> assertThat(shared).contains(SharingProcess.fact("kitchen", number)));
    }
    assertThat(met).isNotEmpty();
    System.out.printf(
        "%d kills of a node and its server: %,d facts and %,d meetings were acknowledged, all are"
            + " there%n",
        2 * ROUNDS, told.size(), met.size());
    heal();
  }

  /** Both run until one is killed at any moment, and the other some time after it. */
  private void live(KilledProgram program, int round) throws Exception {
    Process server = program.begin("server", home("llama"));
    Process node = null;
    try {
      BufferedReader said = reader(server);
      String address = said.readLine().substring(SharingProcess.AT.length());
      String first = Integer.toString(round * 10_000 + 1);
      node =
          program.begin(
              "node", home("kitchen"), "kitchen", address, first, Integer.toString(ENDLESS));
      BufferedReader lines = reader(node);
      read(lines, 1 + random.nextInt(MOST_LINES));
      for (int i = 0; round == 0 && met.isEmpty() && i < ENDLESS; i++) {
        read(lines, 1); // the other rounds end where they may, met or not
      }
      LockSupport.parkNanos((long) (random.nextDouble() * BETWEEN_LINES_NANOS));
      boolean serverFirst = random.nextBoolean();
      (serverFirst ? server : node).toHandle().destroyForcibly();
      if (serverFirst) {
        read(lines, random.nextInt(MOST_LINES));
      }
      node.toHandle().destroyForcibly();
      read(lines, Integer.MAX_VALUE); // what it had promised before
    } finally {
      server.destroyForcibly().waitFor();
      if (node != null) {
        node.destroyForcibly().waitFor();
      }
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private void read(BufferedReader lines, int most) throws IOException {
    String line = "";
    for (int i = 0; i < most && line != null; i++) {
      line = lines.readLine();
      if (line != null && line.matches("(told|met) [0-9]+")) {
        int number = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
        (line.startsWith(SharingProcess.TOLD) ? told : met).add(number);
      }
    }
  }

  private String home(String name) {
    return folder.resolve(name).toString();
  }

  /** What its files hold, which are sound. */
  private Set<String> facts(String name) {
    try (Parts parts = SharingNode.parts(folder.resolve(name), name)) {
      assertThat(SqliteJournal.verify(folder.resolve(name).resolve("journal.sqlite")).problems())
          .as(name)
          .isEmpty();
      assertThat(parts.memory().upkeep().verify()).as(name).isEmpty();
      assertThat(parts.journal().replica().incarnation().number()).as(name).isEqualTo(1);
      Set<String> facts = new HashSet<>();
      parts
          .memory()
          .memories(MemoryFilter.everything(ENDLESS))
          .forEach(memory -> facts.add(memory.fact()));
      return facts;
    }
  }

  /** In the end all is the same here and there. */
  private void heal() {
    List<String> numbers = new ArrayList<>();
    try (SharingNode llama = SharingNode.llama(folder.resolve("llama"), 0);
        SharingNode kitchen =
            SharingNode.start(
                folder.resolve("kitchen"), "kitchen", "sync.llama_url=" + llama.forNodes())) {
      kitchen.meet();
      for (SharingNode node : List.of(llama, kitchen)) {
        var status = node.status();
        numbers.add(status.path("frontier").asText() + " " + status.path("view").asText());
      }
    }
    assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
  }
}
