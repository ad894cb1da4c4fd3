package io.smollama.sync;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that what a server remembers of nodes with Smollama for Python is an older copy: it was
 * not in use in the session of the log before this one. Meanwhile another such file may have given
 * the nodes stamps, so that pages which had not arrived by then may seem to have. One thread at a
 * time.
 */
final class PythonContinuity {
  private static final Logger LOG = LoggerFactory.getLogger(PythonContinuity.class);

  private final PythonTables tables;

  PythonContinuity(PythonTables tables) {
    this.tables = tables;
  }

  /**
   * Begins a session.
   *
   * @param writer who writes the log
   * @param boot the session's number
   */
  void begin(Self writer, long boot) {
    byte[] origin = Statements.bytes(writer.origin().hex());
    tables.write(
        () -> {
          if (!isOfLastSession(writer.origin().hex(), boot)) {
            forgetOpenPages();
          }
          return tables.update(
              "INSERT INTO session VALUES (1, ?, ?) ON CONFLICT (\"only\") DO UPDATE SET origin ="
                  + " excluded.origin, boot = excluded.boot",
              origin,
              boot);
        });
  }

  private boolean isOfLastSession(String origin, long boot) throws SQLException {
    try (ResultSet row = tables.bound("SELECT origin, boot FROM session").executeQuery()) {
      return row.next()
          && Statements.hex(row, 1).equals(origin)
          && row.getLong(2) >= boot - 1
          && row.getLong(2) <= boot;
    }
  }

  /** The last page of each device, and what was given instead of it: who knows if one arrived. */
  private void forgetOpenPages() throws SQLException {
    int forgotten =
        tables.update(
            """
            DELETE FROM page WHERE (device, knowledge_from, raw_from) IN (
              SELECT device, knowledge_from, raw_from FROM page
              WHERE (device, first) IN (SELECT device, max(first) FROM page GROUP BY device))""");
    if (forgotten > 0) {
      LOG.info("{} is an older copy; what was on its way by then is given again", tables);
    }
  }
}
