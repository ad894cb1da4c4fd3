package io.smollama.memory;

import io.smollama.core.EmbeddingModel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What recall keeps in memory, read from the file when first needed and brought up to date after
 * each commit. Users of its parts hold its monitor. Thread-safe.
 */
final class RecallIndex {
  /** Bytes for the postings of the terms asked for last. */
  static final long CACHE_BYTES = 8L << 20;

  /** Sketches are against another mean when the corpus has doubled, from here on. */
  private static final long RECENTRED_FROM = 256;

  private static final int CHANGED_AT_ONCE = 1_000;

  private final Database database;
  private final Optional<EmbeddingModel> model;
  private final ForeignWrites foreign;
  private final BitSet missing = new BitSet();
  private ItemMarks marks = new ItemMarks();
  private final TextIndex text = new TextIndex(CACHE_BYTES);
  private Optional<Meanings> meanings = Optional.empty();
  private long edits;
  private boolean loaded;

  RecallIndex(Database database, Optional<EmbeddingModel> model) {
    this.database = database;
    this.model = model;
    this.foreign = new ForeignWrites(database);
  }

  /** What there is for recall by meaning. */
  record Meanings(
      VectorTable table, VectorModels.Centre centre, VectorIndex vectors, Whitening whitening) {}

  synchronized ItemMarks marks() {
    return marks;
  }

  synchronized TextIndex text() {
    return text;
  }

  synchronized Optional<Meanings> meanings() {
    return meanings;
  }

  /** Reads what is not read yet, and what another process wrote since. */
  synchronized void load() {
    if (loaded) {
      foreign.added().ifPresentOrElse(this::changed, this::forget);
    }
    if (!loaded) {
      foreign.mark();
      marks = new ItemMarks();
      text.edited();
      missing.clear();
      edits = database.read(this::loadMarks);
      model.ifPresent(
          known -> {
            VectorTable table = database.write(c -> VectorModels.of(c, known));
            meanings = Optional.of(database.read(c -> loadVectors(c, table)));
          });
      loaded = true;
    }
  }

  synchronized void forget() {
    loaded = false;
  }

  private long loadMarks(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(ItemMarks.SELECT);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        missing.set(marks.put(rows));
      }
    }
    return ItemText.edits(connection);
  }

  private Meanings loadVectors(Connection connection, VectorTable table) throws SQLException {
    VectorModels.Centre centre = VectorModels.centre(connection, table);
    VectorIndex vectors = new VectorIndex(centre.mean().length);
    table.eachSketch(connection, centre.generation(), (item, one) -> take(vectors, item, one));
    return new Meanings(table, centre, vectors, new Whitening(table));
  }

  private void take(VectorIndex vectors, int item, byte[] sketch) {
    if (marks.has(item, ItemMarks.PRESENT)) {
      vectors.put(item, sketch);
      marks.set(item, ItemMarks.VECTOR, true);
      missing.clear(item);
    }
  }

  /** Reads the rows of some items again; one whose row is gone is removed. */
  synchronized void changed(Set<Long> items) {
    if (loaded) {
      int[] numbers = items.stream().mapToInt(Math::toIntExact).sorted().toArray();
      for (int from = 0; from < numbers.length; from += CHANGED_AT_ONCE) {
        int to = Math.min(numbers.length, from + CHANGED_AT_ONCE);
        int[] some = Arrays.copyOfRange(numbers, from, to);
        database.read(connection -> reread(connection, some));
      }
    }
  }

  private long reread(Connection connection, int[] items) throws SQLException {
    BitSet gone = new BitSet();
    for (int item : items) {
      gone.set(item);
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            ItemMarks.SELECT + " WHERE item.id IN (SELECT value FROM json_each(?))")) {
      query.setString(1, VectorTable.json(items));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          int item = Math.toIntExact(rows.getLong(1));
          if (!marks.has(item, ItemMarks.PRESENT)) {
            text.added(item);
          }
          marks.put(rows);
          marks.set(item, ItemMarks.VECTOR, false);
          missing.set(item);
          gone.clear(item);
        }
      }
    }
    gone.stream().forEach(marks::remove);
    missing.andNot(gone);
    if (meanings.isPresent()) {
      Meanings known = meanings.get();
      int generation = known.centre().generation();
      known
          .table()
          .sketches(connection, generation, items, (i, one) -> take(known.vectors(), i, one));
    }
    long now = ItemText.edits(connection);
    if (now != edits) {
      text.edited();
      edits = now;
    }
    return now;
  }

  synchronized int missing() {
    return missing.cardinality();
  }

  /** Items without a vector, the newest first, but for some. */
  synchronized int[] newestMissing(int most, Set<Integer> except) {
    int[] found = new int[most];
    int count = 0;
    int item = missing.length();
    while (count < most && (item = missing.previousSetBit(item - 1)) >= 0) {
      if (!except.contains(item)) {
        found[count++] = item;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Stores vectors, in the file and here; gives how many texts had not changed meanwhile. */
  int store(List<VectorTable.Made> made) {
    Meanings known = meanings().orElseThrow();
    int generation = known.centre().generation();
    List<VectorTable.Made> stored =
        database.write(c -> known.table().store(c, made, known.centre().mean(), generation));
    synchronized (this) {
      for (VectorTable.Made one : stored) {
        known.vectors().put(one.item(), one.sketch(known.centre().mean()));
        if (marks.has(one.item(), ItemMarks.PRESENT)) {
          marks.set(one.item(), ItemMarks.VECTOR, true);
          missing.clear(one.item());
        }
      }
    }
    return stored.size();
  }

  /** Whether the corpus has doubled since the mean was taken. */
  synchronized boolean isOffCentre() {
    return meanings
        .map(known -> vectors() >= Math.max(RECENTRED_FROM, 2 * known.centre().counted()))
        .orElse(false);
  }

  /**
   * Takes the mean anew and all sketches against it; recall goes on with the old ones meanwhile.
   */
  void recentre() {
    Meanings known = meanings().orElseThrow();
    VectorTable table = known.table();
    int generation = 1 - known.centre().generation();
    new Recentring(database, table, known.centre().mean().length, spread(Recentring.SAMPLE))
        .run(vectors(), generation, marks().end());
    synchronized (this) {
      meanings = Optional.of(database.read(c -> loadVectors(c, table)));
    }
    database.write(c -> table.dropSketches(c, 1 - generation));
  }

  /** Drops all vectors of this model. */
  void dropVectors() {
    Meanings known = meanings().orElseThrow();
    database.write(known.table()::dropAll);
    forget();
    load();
  }

  /** Drops what other models left, once it is of no use any more. */
  void dropOtherModels() {
    Meanings known = meanings().orElseThrow();
    if (database.read(VectorModels::all).size() > 1) {
      database.write(known.table()::dropOthers);
    }
  }

  /** What a question looks for among the texts that there are. */
  synchronized WhitenedQuery whitened(Connection connection, short[] query) throws SQLException {
    Whitening whitening = meanings.orElseThrow().whitening();
    whitening.refresh(connection, vectors(), this::spread);
    return whitening.of(query);
  }

  private synchronized int vectors() {
    return marks.count() - missing.cardinality();
  }

  /** Items that have a vector, evenly spread over all. */
  synchronized int[] spread(int most) {
    return marks.spread(most);
  }
}
