package io.smollama.memory;

/** A text in the tables of a memory, without the journal that it usually comes from. */
final class StoredText {
  private StoredText() {}

  static void put(Database database, int item, String text) {
    database.write(
        connection -> {
          ItemText.put(connection, item, text);
          try (var insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO item (id, entry, kind, type, text, confidence, lamport,"
                      + " origin, node, sources, provenance, confirmed, shown, tainted, ref, tags)"
                      + " VALUES (?1, 'e' || ?1, 0, 'general', ?2, 1, 1, '', '', '[]', '', 1, 1, 0,"
                      + " '', '[]')")) {
            insert.setInt(1, item);
            insert.setString(2, text);
            return insert.executeUpdate();
          }
        });
  }
}
