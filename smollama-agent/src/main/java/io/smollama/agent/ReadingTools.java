package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.CourseSummary;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What sources say and said, for models. Thread-safe. */
final class ReadingTools {
  private static final String SOURCE = "source_id:string:such as system:cpu_temp";
  private static final String HOURS = "hours?:number:how far back, 24 if left out";
  private static final String GPIO = "gpio";
  private static final int LONGEST_LIST = 30;
  private static final int STEPS = 12;
  private static final double MOST_HOURS = 24 * 366;

  private final MemoryStore store;
  private final InstantSource clock;
  private final SourceTrust trust;
  private final DateTimeFormatter time;

  private ReadingTools(MemoryStore store, SourceTrust trust, InstantSource clock, ZoneId zone) {
    this.store = store;
    this.trust = trust;
    this.clock = clock;
    this.time = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(zone);
  }

  static List<Tool> of(MemoryStore store, SourceTrust trust, InstantSource clock, ZoneId zone) {
    ReadingTools tools = new ReadingTools(store, trust, clock, zone);
    return List.of(
        WorkTool.of("read_source", "The newest value of one source.", tools::read, SOURCE),
        WorkTool.of(
            "read_gpio",
            "Whether a pin is high or low.",
            tools::readPin,
            "pin:string:its number or name"),
        WorkTool.of(
            "list_sources",
            "The sources of readings, with their newest values.",
            tools::list,
            "type?:string:only this type, such as gpio"),
        WorkTool.of(
            "get_statistics",
            "Smallest, mean and largest value of a source over the last hours.",
            tools::statistics,
            SOURCE,
            HOURS),
        WorkTool.of(
            "get_reading_history",
            "How a source went over the last hours, in a dozen steps.",
            tools::history,
            SOURCE,
            HOURS));
  }

  private ToolResult read(ToolArguments arguments, Tool.Asker asker) {
    SourceId source = source(arguments);
    Reading reading = store.readings().latest(source).orElseThrow();
    return trust.isFromOutside(reading)
        ? ToolResult.quoting(line(reading))
        : ToolResult.of(line(reading));
  }

  private ToolResult readPin(ToolArguments arguments, Tool.Asker asker) {
    String pin = arguments.text("pin").strip().replaceFirst("^gpio:", "");
    List<Reading> pins =
        store.readings().latest().stream()
            .filter(reading -> reading.source().type().equals(GPIO))
            .toList();
    return pins.stream()
        .filter(
            reading ->
                reading.source().id().equals(pin)
                    || SourceWords.name(reading).equalsIgnoreCase(pin.replace('_', ' ')))
        .findFirst()
        .map(reading -> ToolResult.of(line(reading)))
        .orElseGet(
            () ->
                ToolResult.failure(
                    "no pin '%s' is in use; there are %s"
                        .formatted(
                            pin,
                            pins.stream()
                                .map(reading -> reading.source().id())
                                .collect(Collectors.joining(", ")))));
  }

  private String line(Reading reading) {
    return "%s (%s): %s, %s"
        .formatted(
            reading.source(),
            SourceWords.name(reading),
            reading.display(),
            Age.of(reading.time(), clock.instant()));
  }

  private SourceId source(ToolArguments arguments) {
    String wanted = arguments.text("source_id").strip();
    List<Reading> latest = store.readings().latest();
    return latest.stream()
        .filter(
            reading ->
                reading.source().toString().equalsIgnoreCase(wanted)
                    || reading.source().id().equalsIgnoreCase(wanted)
                    || SourceWords.name(reading).equalsIgnoreCase(wanted))
        .map(Reading::source)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no source is called '%s'; there are %s"
                        .formatted(
                            wanted,
                            latest.stream()
                                .filter(reading -> trust.isNamedByOwner(reading.source()))
                                .limit(LONGEST_LIST)
                                .map(reading -> reading.source().toString())
                                .collect(Collectors.joining(", ")))));
  }

  private ToolResult told(SourceId source, String text) {
    return trust.isNamedByOwner(source) ? ToolResult.of(text) : ToolResult.quoting(text);
  }

  private ToolResult list(ToolArguments arguments, Tool.Asker asker) {
    List<Reading> some =
        store.readings().latest().stream()
            .filter(
                reading ->
                    !arguments.has("type")
                        || reading.source().type().equalsIgnoreCase(arguments.text("type")))
            .toList();
    String text =
        some.stream().limit(LONGEST_LIST).map(this::line).collect(Collectors.joining("\n"));
    if (some.isEmpty()) {
      return ToolResult.failure("there are none of that type");
    }
    return some.stream().anyMatch(trust::isFromOutside)
        ? ToolResult.quoting(text)
        : ToolResult.of(text);
  }

  private Instant since(ToolArguments arguments) {
    double hours = arguments.number("hours", 24);
    if (!(hours > 0 && hours <= MOST_HOURS)) {
      throw new IllegalArgumentException("hours must be above 0, at most 8784");
    }
    return clock.instant().minusMillis((long) (hours * Duration.ofHours(1).toMillis()));
  }

  private ToolResult statistics(ToolArguments arguments, Tool.Asker asker) {
    SourceId source = source(arguments);
    String unit = store.readings().latest(source).map(Reading::unit).orElse("");
    Optional<CourseSummary> summary =
        store.readings().of(source).summary(since(arguments), clock.instant());
    return summary
        .map(
            all ->
                told(
                    source,
                    "%s: smallest %s, mean %s, largest %s, of %d readings"
                        .formatted(
                            source,
                            Units.with(Figures.of(all.min()), unit),
                            Units.with(Figures.of(all.mean()), unit),
                            Units.with(Figures.of(all.max()), unit),
                            all.count())))
        .orElseGet(() -> ToolResult.failure("%s said no number in that time".formatted(source)));
  }

  private ToolResult history(ToolArguments arguments, Tool.Asker asker) {
    SourceId source = source(arguments);
    String unit = store.readings().latest(source).map(Reading::unit).orElse("");
    Instant from = since(arguments);
    long step = Math.max(1, Duration.between(from, clock.instant()).toMillis() / STEPS);
    List<Instant> edges = new ArrayList<>();
    for (int i = 0; i <= STEPS; i++) {
      edges.add(from.plusMillis(i * step));
    }
    List<SeriesPoint> points = store.readings().of(source).stepped(edges);
    return points.isEmpty()
        ? ToolResult.failure("%s said no number in that time".formatted(source))
        : told(
            source,
            points.stream()
                .map(
                    point ->
                        "%s %s"
                            .formatted(
                                time.format(point.time()),
                                Units.with(Figures.of(point.value()), unit)))
                .collect(Collectors.joining("\n", source + ", mean from each time on:\n", "")));
  }
}
