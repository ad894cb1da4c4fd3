package io.smollama.examples;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalEntry;
import io.smollama.sync.Exchange;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SharedReplica;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.SyncMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Two logs that were written apart become the same, with no server and no network. */
public final class TwoLogs {
  private TwoLogs() {}

  /**
   * Writes to each log, merges them and tells what each holds then.
   *
   * @param arguments a folder for the logs
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length == 1 ? arguments[0] : "target/two-logs");
    try (SqliteJournal garden = open(folder, "garden");
        SqliteJournal cellar = open(folder, "cellar")) {
      garden.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"The soil is dry\"}");
      cellar.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"The pump is off\"}");
      merge(garden.replica(), cellar.replica());
      System.out.println("garden: " + observations(garden));
      System.out.println("cellar: " + observations(cellar));
      System.out.println("the same: " + garden.frontier().equals(cellar.frontier()));
    }
  }

  static SqliteJournal open(Path folder, String name) {
    Path file = folder.resolve(name).resolve("journal.sqlite");
    return SqliteJournal.open(file, ReplicaSetup.ofThisMachine(name));
  }

  /** One asks until all is said; what it asks could as well travel by any radio or cable. */
  static void merge(SharedReplica here, SharedReplica there) {
    Exchange exchange = here.exchange(Long.MAX_VALUE);
    Optional<SyncMessage> question = exchange.next(here.now());
    while (question.isPresent()) {
      exchange.accept(there.answer(question.get(), Long.MAX_VALUE), here.now());
      question = exchange.next(here.now());
    }
  }

  static List<String> observations(SqliteJournal journal) {
    return journal.above(Frontier.EMPTY, 1_000).entries().stream()
        .filter(entry -> entry.type().equals("obs.add"))
        .map(JournalEntry::payload)
        .sorted()
        .toList();
  }
}
