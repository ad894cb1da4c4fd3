package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The tables of a journal file as they are read, through one connection. One thread at a time. */
final class LogTables implements AutoCloseable {
  private static final String BRANCHES =
      "SELECT chain.origin, chain.stream, chain.number, branch.number, label, parent_seq,"
          + " parent_id, head_seq, head_id FROM chain JOIN branch ON branch.chain = chain.number";
  private static final String MARKS =
      "SELECT chain.origin, chain.stream, seq, id FROM chain JOIN mark ON mark.chain = chain.number";
  private static final int PAGE = 1_000;
  private static final String ONE = " WHERE chain.origin = ? AND chain.stream = ?";

  private final Statements statements;
  private final EntryTable entries;

  LogTables(Statements statements) {
    this.statements = statements;
    this.entries = new EntryTable(statements);
  }

  Statements statements() {
    return statements;
  }

  EntryTable entries() {
    return entries;
  }

  <T> T writing(SqlWork<T> work) throws SQLException {
    return SqlWork.writing(statements.connection(), work);
  }

  <T> T reading(SqlWork<T> work) throws SQLException {
    return SqlWork.reading(statements.connection(), work);
  }

  /** Who writes here; empty before the first session. */
  Optional<Session> session() throws SQLException {
    PreparedStatement query =
        statements.prepare("SELECT origin, incarnation, lamport, boot FROM meta");
    return SqlWork.sound(
        () -> {
          try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(session(row)) : Optional.empty();
          }
        });
  }

  private static Session session(ResultSet row) throws SQLException {
    ReplicaId origin = new ReplicaId(Statements.hex(row, 1));
    return new Session(new Self(origin, row.getLong(2), row.getLong(3)), row.getLong(4));
  }

  /** All chains. */
  TreeMap<ChainId, HeldChain> chains() throws SQLException {
    return SqlWork.sound(() -> chains(statements.prepare(BRANCHES), statements.prepare(MARKS)));
  }

  /** One chain; empty if nothing is known of it. */
  Optional<HeldChain> chain(ChainId chain) throws SQLException {
    PreparedStatement branches = bound(BRANCHES + ONE, chain);
    PreparedStatement marks = bound(MARKS + ONE, chain);
    return Optional.ofNullable(SqlWork.sound(() -> chains(branches, marks)).get(chain));
  }

  /** Entries of a branch of a chain; none if there is no such chain or branch. */
  List<Entry> entries(Optional<HeldChain> held, String label, long after, int limit)
      throws SQLException {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
    Optional<Branch> branch = held.flatMap(chain -> chain.branch(label));
    if (branch.isEmpty()) {
      return List.of();
    }
    ChainId chain = held.orElseThrow().state().chain();
    long number = held.orElseThrow().number(label);
    return SqlWork.sound(() -> entries.after(chain, number, branch.get(), after, limit));
  }

  /** Tells of each entry of a stream, line by line; gives how many there are. */
  long forEachPoint(int stream, BiConsumer<ChainId, Point> taker) throws SQLException {
    long count = 0;
    for (HeldChain held : chains().values()) {
      ChainId chain = held.state().chain();
      if (chain.stream() == stream) {
        for (Branch branch : held.state().branches()) {
          count += forEachPoint(held, branch, point -> taker.accept(chain, point));
        }
      }
    }
    return count;
  }

  private long forEachPoint(HeldChain held, Branch branch, Consumer<Point> taker)
      throws SQLException {
    long count = 0;
    long after = branch.parent().seq();
    List<Entry> page;
    do {
      page = entries(Optional.of(held), branch.label(), after, PAGE);
      for (Entry entry : page) {
        taker.accept(Points.of(entry));
        after = entry.header().seq();
        count++;
      }
    } while (page.size() == PAGE);
    return count;
  }

  private PreparedStatement bound(String query, ChainId chain) throws SQLException {
    PreparedStatement statement = statements.prepare(query);
    statement.setBytes(1, Statements.bytes(chain.origin().hex()));
    statement.setInt(2, chain.stream());
    return statement;
  }

  private static TreeMap<ChainId, HeldChain> chains(
      PreparedStatement branches, PreparedStatement marks) throws SQLException {
    Map<ChainId, Gathered> gathered = new HashMap<>();
    try (ResultSet row = branches.executeQuery()) {
      while (row.next()) {
        gathered.computeIfAbsent(chainId(row), c -> new Gathered()).add(row);
      }
    }
    try (ResultSet row = marks.executeQuery()) {
      while (row.next()) {
        Point mark = Statements.point(row, 3);
        gathered.computeIfAbsent(chainId(row), c -> new Gathered()).marks.add(mark);
      }
    }
    TreeMap<ChainId, HeldChain> chains = new TreeMap<>();
    gathered.forEach((chain, parts) -> chains.put(chain, parts.chain(chain)));
    return chains;
  }

  private static ChainId chainId(ResultSet row) throws SQLException {
    return new ChainId(new ReplicaId(Statements.hex(row, 1)), row.getInt(2));
  }

  /** The rows of one chain. */
  private static final class Gathered {
    private final List<Branch> branches = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final TreeSet<Point> marks = new TreeSet<>();
    private long number;

    void add(ResultSet row) throws SQLException {
      number = row.getLong(3);
      byte[] label = row.getBytes(5);
      String name = label == null ? Branch.TRUNK : HexFormat.of().formatHex(label);
      branches.add(new Branch(name, Statements.point(row, 6), Statements.point(row, 8)));
      numbers.put(name, row.getLong(4));
    }

    HeldChain chain(ChainId chain) {
      return new HeldChain(number, new ChainState(chain, branches, marks), numbers);
    }
  }

  /** What was refused for good, the oldest first. */
  List<Quarantined> quarantine() throws SQLException {
    PreparedStatement query =
        statements.prepare("SELECT origin, stream, seq, code FROM quarantine ORDER BY number");
    return SqlWork.sound(
        () -> {
          List<Quarantined> found = new ArrayList<>();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              Quarantined.Code code = Quarantined.Code.valueOf(row.getString(4));
              found.add(new Quarantined(chainId(row), row.getLong(3), code));
            }
          }
          return found;
        });
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
