package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import io.smollama.sync.VerifyReport.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole journal and hashes everything anew. Each entry is held against the stored id of the
 * one before, so that one fault is not reported for the rest of its line. One thread at a time.
 */
final class JournalVerifier {
  private final LogTables tables;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Long, Line> lines = new TreeMap<>();
  private long checked;
  private long highestOwnLamport;

  JournalVerifier(LogTables tables) {
    this.tables = tables;
  }

  /** A branch, and what was seen of its entries. */
  private static final class Line {
    private final ChainId chain;
    private final Branch branch;
    private Point last;
    private long firstLamport = Long.MAX_VALUE;
    private long lastLamport;
    private @Nullable EntryId first;

    Line(ChainId chain, Branch branch) {
      this.chain = chain;
      this.branch = branch;
      this.last = branch.parent();
    }
  }

  VerifyReport verify() throws SQLException {
    return tables.reading(
        () -> {
          for (HeldChain held : tables.chains().values()) {
            for (Branch branch : held.state().branches()) {
              long number = held.number(branch.label());
              lines.put(number, new Line(held.state().chain(), branch));
            }
          }
          Optional<Session> session = tables.session();
          tables.entries().forEachRow(row -> check(row, session));
          lines.values().forEach(this::checkLine);
          if (session.isEmpty() || session.get().self().lamport() < highestOwnLamport) {
            report(new Problem("", 0, 0, "the Lamport clock is behind the entries"));
          }
          return new VerifyReport(checked, problems);
        });
  }

  private void check(ResultSet row, Optional<Session> session) throws SQLException {
    checked++;
    Line line = lines.get(row.getLong(1));
    if (line == null) {
      report(new Problem("", 0, row.getLong(2), "belongs to no chain"));
      return;
    }
    long seq = row.getLong(2);
    try {
      Entry entry = EntryRow.read(row, line.chain, line.last.id());
      checkPlace(line, entry);
      note(line, entry);
      boolean own = session.filter(s -> s.self().origin().equals(line.chain.origin())).isPresent();
      highestOwnLamport = Math.max(highestOwnLamport, own ? entry.header().lamport() : 0);
    } catch (IllegalArgumentException | NullPointerException e) {
      report(problem(line.chain, seq, "holds what no entry can: " + e.getMessage()));
    }
  }

  private void checkPlace(Line line, Entry entry) {
    long expected = line.last.seq() + 1;
    long seq = entry.header().seq();
    if (seq != expected) {
      report(problem(line.chain, seq, "entry %d was expected here".formatted(expected)));
    } else if (!EntryLayout.idOf(entry.header()).equals(entry.id())) {
      String what = "what it says, or the entry that it follows, does not hash to its id";
      report(problem(line.chain, seq, what));
    }
    if (entry.header().lamport() <= line.lastLamport) {
      report(problem(line.chain, seq, "the Lamport timestamp does not rise"));
    }
  }

  private static void note(Line line, Entry entry) {
    long lamport = entry.header().lamport();
    if (line.first == null) {
      line.first = entry.id();
      line.firstLamport = lamport;
    }
    line.last = Points.of(entry);
    line.lastLamport = lamport;
  }

  private void checkLine(Line line) {
    if (!line.last.equals(line.branch.head())) {
      String what = "the frontier is not the chain's last entry";
      report(problem(line.chain, line.branch.head().seq(), what));
    }
    if (line.branch.isTrunk()) {
      return;
    }
    if (line.first == null || !line.first.hex().equals(line.branch.label())) {
      String what = "a branch does not begin with the entry that it is named after";
      report(problem(line.chain, line.branch.parent().seq() + 1, what));
    }
    Optional<Line> parent =
        lines.values().stream()
            .filter(other -> other.chain.equals(line.chain) && other != line)
            .filter(other -> other.branch.head().equals(line.branch.parent()))
            .findFirst();
    if (parent.isEmpty()) {
      String what = "a branch leaves no line that is here";
      report(problem(line.chain, line.branch.parent().seq(), what));
    } else if (line.firstLamport <= parent.get().lastLamport) {
      String what = "the Lamport timestamp does not rise";
      report(problem(line.chain, line.branch.parent().seq() + 1, what));
    }
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
