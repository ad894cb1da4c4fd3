package io.smollama.memory;

import io.smollama.core.SourceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code memory} of the configuration. Immutable.
 *
 * @param dbPath the file; empty for {@code memory.sqlite} in the state folder
 * @param embeddingProvider {@code auto} or {@code onnx} for the built-in model, {@code ollama} for
 *     one of an Ollama server, {@code none} for recall by words alone
 * @param embeddingModel the name of the embedding model
 * @param embeddingDimensions how many components the vectors of a model of Ollama have; empty for a
 *     model that is known
 * @param embeddingUnloadAfter how long a model is kept in memory that nobody uses; zero for ever
 * @param commitInterval how often readings are written to the disk; at most this much of the
 *     history is lost with the power
 * @param observationEnabled whether the node makes observations by itself
 * @param observationInterval how often it sums up what it saw
 * @param observationLookback how far back a summary looks
 * @param sensorLogRetention how long raw readings are kept
 * @param minFreeMegabytes below so much room on the disk (in millions of bytes) only one reading of
 *     each source is kept every five minutes; 0 never to give way
 * @param history how long sources that differ and the rollups are kept
 */
public record MemoryConfig(
    Optional<Path> dbPath,
    String embeddingProvider,
    String embeddingModel,
    Optional<Integer> embeddingDimensions,
    Duration embeddingUnloadAfter,
    Duration commitInterval,
    boolean observationEnabled,
    Duration observationInterval,
    Duration observationLookback,
    Duration sensorLogRetention,
    int minFreeMegabytes,
    HistoryRetention history) {
  private static final int MOST_DIMENSIONS = 8192;

  public MemoryConfig {
    if (embeddingDimensions.isPresent()
        && (embeddingDimensions.get() < 1 || embeddingDimensions.get() > MOST_DIMENSIONS)) {
      throw new IllegalArgumentException(
          "memory.embedding_dimensions is 1 to %d, was %d"
              .formatted(MOST_DIMENSIONS, embeddingDimensions.get()));
    }
    if (embeddingUnloadAfter.isNegative()) {
      throw new IllegalArgumentException(
          "The time after which a model is unloaded must not be negative, was "
              + embeddingUnloadAfter);
    }
    requirePositive("commit interval", commitInterval);
    requirePositive("observation interval", observationInterval);
    requirePositive("observation lookback", observationLookback);
    requirePositive("sensor log retention", sensorLogRetention);
    if (minFreeMegabytes < 0) {
      throw new IllegalArgumentException(
          "The room to keep free on the disk is 0 megabytes or more, was " + minFreeMegabytes);
    }
  }

  /** What a node without a configuration uses. */
  public static MemoryConfig defaults() {
    return new MemoryConfig(
        Optional.empty(),
        "auto",
        "all-minilm-l6-v2-q",
        Optional.empty(),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10),
        true,
        Duration.ofMinutes(15),
        Duration.ofMinutes(60),
        Duration.ofDays(90),
        200,
        HistoryRetention.defaults());
  }

  /** How long raw readings of a source are kept; the latest one is kept for ever. */
  public Duration rawRetention(SourceId source) {
    return history.raw(source, sensorLogRetention);
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "The %s must be more than zero, was %s".formatted(what, duration));
    }
  }
}
