package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.util.HashMap;
import java.util.Map;

/**
 * What is given up while the disk is short of room: of each source one reading in five minutes is
 * kept, so that the history goes on and knowledge still has its place. One thread at a time.
 */
final class Thinning {
  private final FreeSpace space;
  private final Map<SourceId, Long> kept = new HashMap<>();
  private boolean low;
  private long dropped;

  Thinning(FreeSpace space) {
    this.space = space;
  }

  /** Looks at the disk. */
  void look() {
    low = space.isLow();
    if (!low) {
      kept.clear();
    }
  }

  /** Whether a reading is kept. */
  boolean keeps(Reading reading) {
    if (!low) {
      return true;
    }
    long window = RollupLevel.FIVE_MINUTES.windowStart(reading.time().toEpochMilli());
    Long last = kept.put(reading.source(), window);
    boolean keep = last == null || last != window;
    dropped += keep ? 0 : 1;
    return keep;
  }

  long dropped() {
    return dropped;
  }

  String warning() {
    return space.warning();
  }
}
