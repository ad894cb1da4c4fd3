package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged is there after the process was killed, whenever that was, and nothing needs
 * a hand. {@code -Dsmollama.crash.rounds=200} for a long run.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("smollama.crash.rounds", 6);

  /** Then new files are begun: the first rounds of a file are not the least interesting. */
  private static final int ROUNDS_OF_A_FILE = 25;

  private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

  @Test
  void everythingPromisedOutlivesKills(@TempDir Path folder) throws Exception {
    Path quick = Files.createDirectory(folder.resolve("quick"));
    KilledProgram program =
        KilledProgram.of(
            CrashWriter.class, quick, folder.resolve("first").toString(), "0", "to the end");
    int rounds = Math.min(ROUNDS_OF_A_FILE, Math.max(1, ROUNDS / AT_ONCE));
    ExecutorService lanes = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<CrashedMemories>> all = new ArrayList<>();
      for (int done = 0; done < ROUNDS; done += rounds) {
        CrashedMemories memories = new CrashedMemories(folder.resolve("files" + done));
        int count = Math.min(rounds, ROUNDS - done);
        Random random = new Random(42 + done);
        all.add(lanes.submit(() -> survived(program, memories, count, random)));
      }
      long[] promised = new long[3];
      for (Future<CrashedMemories> one : all) {
        CrashedMemories memories = one.get();
        promised[0] += memories.knowledge();
        promised[1] += memories.readings();
        promised[2] += memories.backups();
      }
      System.out.printf(
          "%d kills of a process with two memories: %,d observations, facts and corrections,"
              + " %,d readings and %,d backups were promised, all are there%n",
          ROUNDS, promised[0], promised[1], promised[2]);
      assertThat(promised[0]).isPositive();
    } finally {
      lanes.shutdownNow();
    }
  }

  private static CrashedMemories survived(
      KilledProgram program, CrashedMemories memories, int rounds, Random random) {
    for (int round = 0; round < rounds; round++) {
      List<String> said =
          program.run(random, memories.folder().toString(), Integer.toString(round));
      memories.requireAll(said, round);
    }
    memories.requireSound();
    return memories;
  }
}
