package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The postings of terms, read from FTS5 when first asked for and kept within bounds. One thread at
 * a time.
 */
final class TextIndex {
  /** Beyond these many new texts it is quicker to read the lists again than to append to them. */
  private static final int MOST_PENDING = 512;

  private final Stemmer stemmer = new Stemmer();
  private final PostingCache cache;
  private final BitSet pending = new BitSet();

  TextIndex(long cacheBytes) {
    this.cache = new PostingCache(cacheBytes);
  }

  /** An item has been added. */
  void added(int item) {
    if (!cache.isEmpty()) {
      pending.set(item);
    }
  }

  /** A text has been replaced or removed: nothing tells in which lists it stood. */
  void edited() {
    cache.clear();
    pending.clear();
  }

  /** The postings of each term that any text has, of a query's words. */
  List<Postings> postings(Connection connection, List<String> words) throws SQLException {
    absorb(connection);
    List<Postings> found = new ArrayList<>();
    for (String term : stemmer.terms(connection, words)) {
      Postings postings = cache.get(term);
      if (postings == null) {
        postings = read(connection, term);
        cache.put(term, postings);
      }
      found.add(postings);
    }
    return found;
  }

  private void absorb(Connection connection) throws SQLException {
    if (pending.cardinality() > MOST_PENDING) {
      cache.clear();
    } else if (!pending.isEmpty()) {
      String items = "[" + pending.toString().replaceAll("[{}]", "") + "]";
      stemmer.eachOf(connection, items, (item, term, times) -> cache.append(term, item, times));
    }
    pending.clear();
  }

  /** One row for the whole list: a row each would cost a call into SQLite for every item. */
  private static Postings read(Connection connection, String term) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT group_concat(doc) FROM temp.item_term WHERE term = ?")) {
      query.setString(1, term);
      try (ResultSet row = query.executeQuery()) {
        return parse(row.next() ? row.getBytes(1) : null);
      }
    }
  }

  /** Numbers in rising order between commas; a number that stands n times is a count of n. */
  static Postings parse(byte @Nullable [] list) {
    Postings postings = new Postings();
    if (list == null || list.length == 0) {
      return postings.trimmed();
    }
    int item = -1;
    int times = 0;
    int number = 0;
    for (int i = 0; i <= list.length; i++) {
      if (i < list.length && list[i] != ',') {
        number = number * 10 + list[i] - '0';
        continue;
      }
      if (number != item && times > 0) {
        postings.add(item, times);
        times = 0;
      }
      item = number;
      times++;
      number = 0;
    }
    postings.add(item, times);
    return postings.trimmed();
  }
}
