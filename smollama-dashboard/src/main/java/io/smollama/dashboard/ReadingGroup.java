package io.smollama.dashboard;

import io.smollama.agent.SourceWords;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The readings of one source type, or of another node, as the page shows them.
 *
 * @param title what people call the type, or the node
 * @param tiles one for each source
 */
record ReadingGroup(String title, List<Tile> tiles) {
  private static final Duration OLD = Duration.ofMinutes(5);

  /** Others share four times an hour. */
  private static final Duration OLD_OF_OTHERS = Duration.ofMinutes(45);

  private static final String AFTER_ALL_TYPES = "\uffff";

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("system", "This machine"),
          Map.entry("gpio", "Pins"),
          Map.entry("mqtt", "MQTT"),
          Map.entry("device", "Devices"),
          Map.entry("edge", "Edge nodes"));

  /**
   * One source.
   *
   * @param label what people call it
   * @param id its full id
   * @param value the value
   * @param kind {@code flag-on}, {@code flag-off}, {@code number} or {@code text}
   * @param share how much of the bar is filled, 0 to 100; below 0 for no bar
   * @param when when it was measured
   * @param old whether that is long ago
   */
  record Tile(
      String label, String id, ShownValue value, String kind, int share, When when, boolean old) {
    /** Where more is told of it. */
    String page() {
      return SourceViews.page(id);
    }
  }

  static List<ReadingGroup> of(List<Reading> readings, Instant now) {
    Map<String, List<Reading>> types = new TreeMap<>();
    for (Reading reading : readings) {
      SourceId source = reading.source();
      String type = source.node().map(name -> AFTER_ALL_TYPES + name).orElse(source.type());
      types.computeIfAbsent(type, t -> new ArrayList<>()).add(reading);
    }
    return types.entrySet().stream()
        .map(
            type ->
                new ReadingGroup(
                    title(type.getKey(), type.getValue()),
                    type.getValue().stream().map(reading -> tile(reading, now)).toList()))
        .toList();
  }

  /** What is simulated must not be taken for real. */
  private static String title(String type, List<Reading> readings) {
    Optional<String> node = readings.get(0).source().node();
    if (node.isPresent()) {
      return "Node " + node.get();
    }
    boolean simulated =
        readings.stream().allMatch(reading -> "true".equals(reading.metadata().get("simulated")));
    return TITLES.getOrDefault(type, capital(type)) + (simulated ? " (simulated)" : "");
  }

  static Tile tile(Reading reading, Instant now) {
    return new Tile(
        capital(SourceWords.nameThere(reading)),
        reading.source().toString(),
        ShownValue.of(reading.value(), reading.unit()),
        kind(reading.value()),
        share(reading),
        When.of(reading.time(), now),
        reading.time().plus(reading.source().node().isEmpty() ? OLD : OLD_OF_OTHERS).isBefore(now));
  }

  private static String kind(ReadingValue value) {
    if (value instanceof ReadingValue.Flag flag) {
      return flag.on() ? "flag-on" : "flag-off";
    }
    return value instanceof ReadingValue.Quantity ? "number" : "text";
  }

  private static int share(Reading reading) {
    if (!reading.unit().equals(Units.PERCENT)) {
      return -1;
    }
    double percent = reading.value().asNumber().orElse(-1);
    return percent >= 0 && percent <= 100 ? (int) Math.round(percent) : -1;
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
