package io.smollama.mqtt;

import io.smollama.core.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What may come in: messages that are not too large, and of each topic not too many. Thread-safe.
 */
final class Intake {
  /** The largest payload that is taken, in bytes. */
  static final int MOST_BYTES = 64 << 10;

  /** So that it is surely one that a {@link Message} may have. */
  private static final int MOST_TOPIC_CHARACTERS = 333;

  private static final int BURST = 1_000;
  private static final double PER_SECOND = 50;
  private static final int MOST_TOPICS = 2_000;

  private final Consumer<Message> next;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_TOPICS;
        }
      };
  private long tooLarge;
  private long tooMany;

  private record Bucket(double tokens, long at) {}

  Intake(Consumer<Message> next, LongSupplier nanoTime) {
    this.next = next;
    this.nanoTime = nanoTime;
  }

  /** Hands a message on, or counts it. */
  synchronized void take(String topic, byte[] payload, boolean stored) {
    if (payload.length > MOST_BYTES || topic.length() > MOST_TOPIC_CHARACTERS) {
      tooLarge++;
    } else if (!mayCome(topic)) {
      tooMany++;
    } else {
      next.accept(
          stored ? Message.state(topic, payload).asStored() : Message.event(topic, payload));
    }
  }

  private boolean mayCome(String topic) {
    long now = nanoTime.getAsLong();
    Bucket before = buckets.getOrDefault(topic, new Bucket(BURST, now));
    double filled = before.tokens + (now - before.at) / 1e9 * PER_SECOND;
    double tokens = Math.min(BURST, filled);
    boolean may = tokens >= 1;
    buckets.put(topic, new Bucket(may ? tokens - 1 : tokens, now));
    return may;
  }

  /** How many were refused so far. */
  synchronized long refused() {
    return tooLarge + tooMany;
  }

  /** Which were refused, for people; empty if none. */
  synchronized String says() {
    String large = tooLarge == 0 ? "" : "; refused %,d larger than 64 KiB".formatted(tooLarge);
    return large + (tooMany == 0 ? "" : "; refused %,d that came too fast".formatted(tooMany));
  }
}
