package io.smollama.cli;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.ReadingShare;
import io.smollama.sync.LogRetention;
import io.smollama.sync.LogRetention.Keep;
import io.smollama.sync.SharedReplica;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node's sources say goes into its log, for others, and out of it again once the server
 * has it and it is old. Thread-safe.
 */
final class ReadingsInLog {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingsInLog.class);

  /** With no server for so long, seven months at four an hour, the oldest of these go. */
  private static final long MOST_BATCHES = 20_000;

  /** And these after almost three years. */
  private static final long MOST_ROLLUPS = 100_000;

  private final ReadingShare share;
  private final ReadingShare.Detail detail;
  private final LogRetention retention;
  private final Supplier<Optional<Frontier>> agreed;
  private final InstantSource clock;

  /**
   * For a node.
   *
   * @param agreed what the server is known to hold
   */
  ReadingsInLog(
      SyncConfig config,
      MemoryStore memory,
      SharedReplica log,
      Supplier<Optional<Frontier>> agreed,
      InstantSource clock) {
    SharedReadingsConfig rules = config.readings();
    this.share = memory.share();
    this.detail = rules.detail(config.address().isPresent());
    this.retention =
        new LogRetention(
            log,
            Map.of(
                ChainId.READINGS,
                new Keep(rules.keep(), MOST_BATCHES),
                ChainId.ROLLUPS,
                new Keep(rules.keepRollups(), MOST_ROLLUPS)));
    this.agreed = agreed;
    this.clock = clock;
  }

  /** Writes what is new. */
  void share() {
    int entries = share.share(detail);
    LOG.debug("{} entries of readings were written", entries);
  }

  /** Lets go of what is old. */
  void tidy() {
    LogRetention.Released gone = retention.apply(agreed.get(), clock.instant());
    if (gone.lost() > 0) {
      LOG.warn(
          "No server took readings for so long that the oldest {} entries of them were let go"
              + " of; this node keeps its own history as before",
          gone.lost());
    }
  }
}
