package io.smollama.readings;

import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps who asks in vain again and again from filling the audit: of what is refused alike within a
 * minute the first is kept, and the next one after it tells how many there were. One thread at a
 * time.
 */
final class RefusalCount {
  private static final long ALIKE_WITHIN = Duration.ofMinutes(1).toNanos();
  private static final int MOST = 100;

  private final LongSupplier nanos;
  private final Map<String, Seen> seen = new HashMap<>();

  RefusalCount(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Seen(long since, long more) {}

  /** The record as it is to be kept; empty if it only counts. */
  Optional<ActRecord> worthKeeping(ActRecord record) {
    boolean vain = record.verdict() == Verdict.REFUSED || record.verdict() == Verdict.FAILED;
    if (!vain) {
      return Optional.of(record);
    }
    long now = nanos.getAsLong();
    String what =
        "%s %s %s".formatted(record.act().target(), record.act().caller(), record.verdict());
    Seen before = seen.get(what);
    if (before != null && now - before.since() < ALIKE_WITHIN) {
      seen.put(what, new Seen(before.since(), before.more() + 1));
      return Optional.empty();
    }
    if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(what, new Seen(now, 0));
    return Optional.of(before == null || before.more() == 0 ? record : counted(record, before));
  }

  private static ActRecord counted(ActRecord record, Seen before) {
    String says = "%s (and %d times more before)".formatted(record.says(), before.more());
    return new ActRecord(record.time(), record.act(), record.verdict(), says, record.readBack());
  }
}
