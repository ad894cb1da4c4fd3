package io.smollama.devices;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The displays of a node, which show what sources said last. None keeps another, nor whoever gives
 * readings. Thread-safe.
 */
public final class Displays implements AutoCloseable {
  private final List<DisplayLane> lanes;
  private final Set<SourceId> sources = new HashSet<>();
  private final Map<SourceId, Reading> latest = new HashMap<>();

  Displays(List<DisplayLane> lanes) {
    this.lanes = List.copyOf(lanes);
    lanes.forEach(lane -> sources.addAll(lane.sources()));
  }

  /**
   * How a display is. Immutable.
   *
   * @param name what it is called
   * @param description what and where it is
   * @param shown the lines that are on it; none before the first, and while it fails
   * @param failure why it shows nothing; empty while it is well
   */
  public record State(String name, String description, List<String> shown, String failure) {}

  /** Shows what these readings changed, soon. */
  public synchronized void take(List<Reading> readings) {
    for (Reading reading : readings) {
      if (sources.contains(reading.source())) {
        latest.put(reading.source(), reading);
      }
    }
    lanes.forEach(lane -> lane.show(latest));
  }

  /** How each is, in order. */
  public List<State> states() {
    return lanes.stream().map(DisplayLane::state).toList();
  }

  @Override
  public void close() {
    lanes.forEach(DisplayLane::close);
  }
}
