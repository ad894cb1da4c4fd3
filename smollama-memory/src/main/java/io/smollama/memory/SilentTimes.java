package io.smollama.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a source said nothing. Immutable.
 *
 * @param count how often
 * @param total how long together
 * @param newest the gaps, oldest first; the newest where there are too many to list
 */
public record SilentTimes(long count, Duration total, List<Gap> newest) {
  public SilentTimes {
    newest = List.copyOf(newest);
  }

  /** Counts gaps between what was said. One thread at a time. */
  static final class Counting {
    private final Duration longerThan;
    private final int most;
    private final Deque<Gap> newest = new ArrayDeque<>();
    private @Nullable Instant last;
    private long count;
    private Duration total = Duration.ZERO;

    /**
     * Counts from a time on.
     *
     * @param since where the span begins; null if nothing was said before
     */
    Counting(Duration longerThan, int most, @Nullable Instant since) {
      this.longerThan = longerThan;
      this.most = most;
      this.last = since;
    }

    /** Something was said at a time, or all along for some time. */
    void spoke(Instant time, Duration along) {
      silent(time);
      last = time.plus(along);
    }

    private void silent(Instant until) {
      Instant since = last;
      if (since != null && Duration.between(since, until).compareTo(longerThan) > 0) {
        Gap gap = new Gap(since, until);
        count++;
        total = total.plus(gap.length());
        newest.add(gap);
        if (newest.size() > most) {
          newest.remove();
        }
      }
    }

    SilentTimes until(Instant end) {
      silent(end);
      return new SilentTimes(count, total, List.copyOf(newest));
    }
  }
}
