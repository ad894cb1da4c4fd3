package io.smollama.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast messages of each topic may come: a bucket of tokens for each, of the topics heard last.
 * Thread-safe.
 */
final class TopicRates {
  private static final int MOST_TOPICS = 2_000;
  private static final double BURST_SECONDS = 4;

  private final double eachSecond;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_TOPICS;
        }
      };

  /** How much was left in a bucket, and when. */
  private record Bucket(double tokens, long at) {}

  TopicRates(double eachSecond, LongSupplier nanos) {
    this.eachSecond = eachSecond;
    this.nanos = nanos;
  }

  synchronized boolean admits(String topic) {
    long now = nanos.getAsLong();
    Bucket before = buckets.getOrDefault(topic, new Bucket(eachSecond * BURST_SECONDS, now));
    double gained = (now - before.at) * eachSecond / TimeUnit.SECONDS.toNanos(1);
    double tokens = Math.min(eachSecond * BURST_SECONDS, before.tokens + gained);
    boolean admitted = tokens >= 1;
    buckets.put(topic, new Bucket(admitted ? tokens - 1 : tokens, now));
    return admitted;
  }
}
