package io.smollama.sync;

import io.smollama.core.ReplicaId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what nodes with Smollama for Python push. What is known already, and what is not fit to
 * be taken, is acknowledged like the rest: such a node sends its oldest entries first, again and
 * again, until they are. One thread at a time.
 */
final class PythonIntake {
  private static final Logger LOG = LoggerFactory.getLogger(PythonIntake.class);
  private static final int LONGEST_QUARANTINED = 4_096;

  private final PythonTables tables;
  private final PythonItems items;
  private final SharedReplica replica;
  private final CreditAccounts credits;
  private final PythonTranslation translation;

  PythonIntake(
      PythonTables tables,
      PythonItems items,
      SharedReplica replica,
      CreditAccounts credits,
      PythonTranslation translation) {
    this.tables = tables;
    this.items = items;
    this.replica = replica;
    this.credits = credits;
    this.translation = translation;
  }

  /** What of a push is new, and what is not. */
  private static final class Sorted {
    private final Set<String> accepted = new LinkedHashSet<>();
    private final List<String> known = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private String node = "";
    private long size;
    private boolean more;
  }

  private record Refused(PythonPush.Sent sent, PythonFault fault) {}

  /** What is under the origin that stands for a device now is its own. */
  void own(String device) {
    Replica own = replica.own();
    ReplicaId origin = PythonProxy.origin(own, own.self().origin(), device);
    if (!tables.read(() -> items.isOwn(device, origin))) {
      tables.write(() -> items.own(device, origin));
    }
  }

  /**
   * Takes in entries, in their order; the index is up to date.
   *
   * @return the ids that the node need not send again; empty if it may bring nothing more now
   */
  Optional<List<String>> accept(String device, List<PythonPush.Sent> sent) {
    own(device);
    Sorted sorted = new Sorted();
    long credit = credits.left(device);
    tables.read(
        () -> {
          for (PythonPush.Sent one : sent) {
            sort(one, credit, sorted);
          }
          return sorted;
        });
    note(device, sorted);
    if (!sorted.drafts.isEmpty()) {
      append(device, sorted);
    }
    return sorted.accepted.isEmpty() && sorted.more
        ? Optional.empty()
        : Optional.of(List.copyOf(sorted.accepted));
  }

  private void sort(PythonPush.Sent sent, long credit, Sorted sorted) throws SQLException {
    if (sent.fault().isPresent()) {
      sorted.refused.add(new Refused(sent, sent.fault().get()));
      sent.id().ifPresent(sorted.accepted::add);
    } else if (!sorted.accepted.contains(sent.entry().orElseThrow().id())) {
      PythonEntry entry = sent.entry().get();
      if (items.isKnown(entry.id())) {
        sorted.known.add(entry.id());
        sorted.accepted.add(entry.id());
      } else {
        sortNew(sent, entry, credit, sorted);
      }
    }
  }

  private void sortNew(PythonPush.Sent sent, PythonEntry entry, long credit, Sorted sorted) {
    Optional<Draft> draft = translation.draft(entry);
    if (draft.isEmpty()) {
      sorted.refused.add(new Refused(sent, PythonFault.TOO_LARGE));
      sorted.accepted.add(entry.id());
      return;
    }
    long size = Limits.ENTRY_OVERHEAD + draft.get().payload().length;
    sorted.more |= sorted.size + size > credit;
    if (!sorted.more) {
      sorted.size += size;
      sorted.node = sorted.node.isEmpty() ? entry.node() : sorted.node;
      sorted.drafts.add(draft.get());
      sorted.accepted.add(entry.id());
    }
  }

  private void note(String device, Sorted sorted) {
    if (sorted.known.isEmpty() && sorted.refused.isEmpty()) {
      return;
    }
    tables.write(
        () -> {
          for (String uuid : sorted.known) {
            items.hold(device, uuid);
          }
          for (Refused refused : sorted.refused) {
            quarantine(device, refused);
          }
          return sorted;
        });
    if (!sorted.refused.isEmpty()) {
      LOG.warn(
          "{} of the entries that {} brought were not taken, the first by {}; they are in the table"
              + " 'quarantine' of {}",
          sorted.refused.size(),
          device,
          sorted.refused.get(0).fault(),
          tables);
    }
  }

  private void quarantine(String device, Refused refused) throws SQLException {
    String text = refused.sent().text();
    tables.update(
        "INSERT INTO quarantine (device, uuid, code, text) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        device,
        refused.sent().id().orElse(null),
        refused.fault().name(),
        text.length() > LONGEST_QUARANTINED ? text.substring(0, LONGEST_QUARANTINED) : text);
    tables.update(
        "DELETE FROM quarantine WHERE number <= (SELECT max(number) FROM quarantine) - ?",
        Limits.QUARANTINED);
  }

  private void append(String device, Sorted sorted) {
    long reserved = credits.reserve(device, sorted.size);
    boolean written = false;
    try {
      new PythonProxy(device, sorted.node).append(replica.own(), sorted.drafts, replica.now());
      written = true;
    } finally {
      credits.giveBack(device, written ? 0 : reserved);
    }
  }
}
