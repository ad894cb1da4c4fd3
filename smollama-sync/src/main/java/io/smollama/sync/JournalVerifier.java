package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.sync.VerifyReport.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole journal and hashes everything anew. Each entry is held against the stored id of the
 * one before, so that one fault is not reported for the rest of its chain. One thread at a time.
 */
final class JournalVerifier {
  private final JournalTables tables;
  private final List<Problem> problems = new ArrayList<>();
  private final TreeMap<ChainId, Point> summary = new TreeMap<>();
  private long checked;
  private long highestLamport;
  private @Nullable Entry before;

  JournalVerifier(JournalTables tables) {
    this.tables = tables;
  }

  VerifyReport verify() throws SQLException {
    return tables.reading(
        () -> {
          tables.entries().forEachRow(this::check);
          checkFrontier();
          return new VerifyReport(checked, problems);
        });
  }

  private void check(ResultSet row) throws SQLException {
    checked++;
    try {
      Entry entry = EntryRow.read(row);
      checkHashes(entry);
      checkPlace(entry);
      before = entry;
      summary.put(entry.header().chain(), new Point(entry.header().seq(), entry.id()));
      highestLamport = Math.max(highestLamport, entry.header().lamport());
    } catch (IllegalArgumentException | NullPointerException e) {
      byte[] origin = row.getBytes(1);
      report(
          new Problem(
              origin == null ? "" : HexFormat.of().formatHex(origin),
              row.getLong(2),
              row.getLong(3),
              "holds what no entry can: " + e.getMessage()));
    }
  }

  private void checkHashes(Entry entry) {
    if (!EntryLayout.idOf(entry.header()).equals(entry.id())) {
      report(entry, "the header does not hash to the id");
    }
    PayloadHash expected = entry.header().payloadHash();
    if (!entry.payload().map(PayloadHash::of).orElse(expected).equals(expected)) {
      report(entry, "the payload does not hash to the header's payload hash");
    }
  }

  private void checkPlace(Entry entry) {
    EntryHeader header = entry.header();
    Optional<Entry> previous =
        Optional.ofNullable(before).filter(e -> e.header().chain().equals(header.chain()));
    long expected = previous.map(e -> e.header().seq()).orElse(0L) + 1;
    if (header.seq() != expected) {
      report(entry, "entry %d was expected here".formatted(expected));
      return;
    }
    EntryId prev = previous.map(Entry::id).orElse(EntryHeader.GENESIS);
    if (!header.prev().equals(prev)) {
      report(entry, "prev is not the id of the entry before");
    }
    if (previous.isPresent() && header.lamport() <= previous.get().header().lamport()) {
      report(entry, "the Lamport timestamp does not rise");
    }
  }

  private void checkFrontier() throws SQLException {
    Frontier frontier = tables.frontier();
    TreeMap<ChainId, Point> all = new TreeMap<>();
    frontier.chains().forEach((chain, tips) -> all.put(chain, tips.heads().get(0)));
    all.putAll(summary);
    for (ChainId chain : all.keySet()) {
      if (!frontier
          .tips(chain)
          .heads()
          .equals(Optional.ofNullable(summary.get(chain)).stream().toList())) {
        report(
            problem(
                chain,
                frontier.tips(chain).highest(),
                "the frontier is not the chain's last entry"));
      }
    }
    Optional<JournalTables.Meta> meta = tables.meta();
    if (meta.isEmpty() || meta.get().lamport() < highestLamport) {
      report(new Problem("", 0, 0, "the Lamport clock is behind the entries"));
    }
  }

  private void report(Entry entry, String what) {
    report(problem(entry.header().chain(), entry.header().seq(), what));
  }

  private static Problem problem(ChainId chain, long seq, String what) {
    return new Problem(chain.origin().hex(), chain.stream(), seq, what);
  }

  private void report(Problem problem) {
    if (problems.size() < VerifyReport.MOST_PROBLEMS) {
      problems.add(problem);
    }
  }
}
