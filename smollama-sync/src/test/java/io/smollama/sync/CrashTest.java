package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalEntry;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  @TempDir Path folder;
  @TempDir Path image;

  @Test
  void everyReturnedEntryIsInTheCrashImage() throws Exception {
    List<JournalEntry> returned = new ArrayList<>();
    try (SqliteJournal journal = Setups.open(folder)) {
      for (int i = 0; i < 300; i++) {
        returned.add(journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"i\":" + i + "}"));
      }
      Setups.crashImage(folder, image);
    }
    try (SqliteJournal journal = Setups.open(image)) {
      assertThat(journal.above(Frontier.EMPTY, 1_000).entries()).containsAll(returned);
      assertThat(journal.verify()).isEqualTo(new VerifyReport(301, List.of()));
      assertThat(journal.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(301);
    }
  }

  @Test
  void logCutAnywhereLeavesASoundPrefix() throws Exception {
    byte[] wal;
    try (SqliteJournal journal = Setups.open(folder)) {
      for (int i = 0; i < 20; i++) {
        journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"i\":" + i + "}");
      }
      Setups.crashImage(folder, image);
      wal = Files.readAllBytes(image.resolve("journal.db-wal"));
    }
    for (int cut = 0; cut < wal.length; cut += wal.length / 25 + 7) {
      Path lost = Setups.crashImage(image, image.resolve("cut" + cut));
      Files.write(lost.resolve("journal.db-wal"), Arrays.copyOf(wal, cut));
      try (SqliteJournal journal = Setups.open(lost)) {
        journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
        assertThat(journal.verify().problems()).as("log cut at %d", cut).isEmpty();
      }
    }
  }

  @Test
  void killedWriterLosesNothingThatItReported() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> reported = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; i < 250; i++) {
        reported.add(lines.readLine());
      }
      writer.toHandle().destroyForcibly(); // Process itself would close the stream
      lines.lines().filter(line -> line.length() == 64).forEach(reported::add);
    }
    writer.waitFor();
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(journal.above(Frontier.EMPTY, Integer.MAX_VALUE).entries())
          .extracting(entry -> entry.id().hex())
          .containsAll(reported);
      assertThat(journal.above(Frontier.EMPTY, Integer.MAX_VALUE).entries())
          .filteredOn("type", "ctl.genesis")
          .hasSize(1);
      assertThat(journal.frontier().tips(Lines.chain(2)).heads()).hasSizeGreaterThan(1);
      assertThat(journal.verify().problems()).isEmpty();
    }
  }

  /**
   * Appends from two threads, takes in forked lines of another replica in a third, and reports the
   * ids until it is killed.
   */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      SqliteJournal journal = Setups.open(Path.of(args[0]));
      FileOutputStream out = new FileOutputStream(FileDescriptor.out);
      for (int stream = 1; stream <= 2; stream++) {
        int mine = stream;
        new Thread(() -> report(journal, mine, out)).start();
      }
      new Thread(() -> takeIn(journal, out)).start();
    }

    /** Each line goes on with the first, or leaves it. */
    private static void takeIn(SqliteJournal journal, FileOutputStream out) {
      try {
        List<Entry> trunk = Lines.line(Lines.chain(2), 1);
        for (int round = 0; true; round++) {
          boolean forks = round % 8 == 3 && round < 8 * Limits.BRANCHES / 4;
          int kept = forks ? trunk.size() / 2 : trunk.size();
          List<Entry> more = Lines.fork(trunk, kept, 3, "round" + round + "-");
          trunk = new ArrayList<>(forks ? trunk : concat(trunk, more));
          List<Entry> run = forks ? more : trunk.subList(Math.max(0, kept - 5), trunk.size());
          Verdict verdict = journal.replica().takeIn(List.of(Run.of(run)), Long.MAX_VALUE).get(0);
          if (!verdict.acknowledges()) {
            throw new IllegalStateException(verdict.toString());
          }
          for (Entry entry : run) {
            out.write((entry.id().hex() + "\n").getBytes(StandardCharsets.US_ASCII));
          }
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private static List<Entry> concat(List<Entry> one, List<Entry> other) {
      List<Entry> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }

    private static void report(SqliteJournal journal, int stream, FileOutputStream out) {
      try {
        while (true) {
          String id = journal.append(stream, "obs.add", "{}").id().hex();
          out.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
        }
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
