package io.smollama.sync;

import io.smollama.core.JournalException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in a table of tokens when each was last used, to the minute. What comes within a minute of
 * another is written together, so that thousands of devices do not write thousands of times; a
 * crash may forget it. It keeps nobody waiting but the one who writes. Thread-safe.
 */
final class LastSeen implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LastSeen.class);
  private static final Duration APART = Duration.ofMinutes(1);
  private static final int MOST_WAITING = 1_000;

  private final Writer writer;
  private final Closer closer;
  private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
  private final Lock writing = new ReentrantLock();
  private volatile Optional<Instant> written = Optional.empty();

  /** Writes the times of tokens into their table, by their SHA-256 in hex. */
  interface Writer {
    void write(Map<String, Instant> times) throws SQLException;
  }

  /** Ends what a writer used. */
  interface Closer {
    void close() throws SQLException;
  }

  /**
   * Nothing is noted yet.
   *
   * @param closer called at the end
   */
  LastSeen(Writer writer, Closer closer) {
    this.writer = writer;
    this.closer = closer;
  }

  /**
   * A token was used.
   *
   * @param known when it was before, as the table has it
   */
  void note(String sha256, Optional<Instant> known, Instant now) {
    Optional<Instant> before = Optional.ofNullable(waiting.get(sha256)).or(() -> known);
    if (isDue(before, now)) {
      waiting.put(sha256, now);
      boolean due = isDue(written, now) || waiting.size() >= MOST_WAITING;
      if (due && writing.tryLock()) {
        try {
          written = Optional.of(now);
          write();
        } finally {
          writing.unlock();
        }
      }
    }
  }

  private static boolean isDue(Optional<Instant> last, Instant now) {
    return last.map(then -> Duration.between(then, now).abs().compareTo(APART) >= 0).orElse(true);
  }

  /** Writes what waits. */
  void flush() {
    writing.lock();
    try {
      write();
    } finally {
      writing.unlock();
    }
  }

  /** A full disk keeps nobody out. */
  private void write() {
    Map<String, Instant> now = Map.copyOf(waiting);
    try {
      writer.write(now);
    } catch (SQLException | JournalException e) {
      LOG.debug("When {} devices were seen could not be noted", now.size(), e);
    }
    now.forEach(waiting::remove);
  }

  @Override
  public void close() throws SQLException {
    flush();
    closer.close();
  }
}
