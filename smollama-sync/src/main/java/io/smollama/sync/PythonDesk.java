package io.smollama.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.EntryId;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes in what nodes with Smollama for Python push and gives them what they pull, one of them
 * after the other, also where servers share the tables. Thread-safe.
 */
final class PythonDesk implements AutoCloseable {
  private final PythonTables tables;
  private final SharedReplica replica;
  private final PythonIndex index;
  private final PythonIntake intake;
  private final PythonPages pages;

  private PythonDesk(
      PythonTables tables,
      SharedReplica replica,
      PythonIndex index,
      PythonIntake intake,
      PythonPages pages) {
    this.tables = tables;
    this.replica = replica;
    this.index = index;
    this.intake = intake;
    this.pages = pages;
  }

  /** A desk over tables, which it closes, and the log that they tell of. */
  static PythonDesk over(
      PythonTables tables,
      SharedReplica replica,
      CreditAccounts credits,
      ZoneId zone,
      Function<String, Optional<EntryId>> knownFacts) {
    PythonIndex index = new PythonIndex(tables, replica);
    index.load();
    PythonItems items = new PythonItems(tables, replica);
    PythonTranslation translation = new PythonTranslation(zone, knownFacts);
    return new PythonDesk(
        tables,
        replica,
        index,
        new PythonIntake(tables, items, replica, credits, translation),
        new PythonPages(tables, items, new PythonForm(zone), zone));
  }

  /**
   * Takes in entries, in their order.
   *
   * @return the ids that the node need not send again; empty if it may bring nothing more now
   */
  synchronized Optional<List<String>> accept(String device, List<PythonPush.Sent> sent) {
    return tables.alone(
        () -> {
          index.catchUp();
          return intake.accept(device, sent);
        });
  }

  /** The next page of a device, see {@link PythonPages#next}. */
  synchronized List<ObjectNode> next(String device, long since, int limit) {
    return tables.alone(
        () -> {
          index.catchUp();
          intake.own(device);
          return pages.next(device, since, limit, replica.now().wall());
        });
  }

  @Override
  public synchronized void close() {
    tables.close();
  }
}
