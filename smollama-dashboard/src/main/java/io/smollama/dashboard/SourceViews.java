package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.memory.CourseSummary;
import io.smollama.memory.DamagedReadings;
import io.smollama.memory.Gap;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SeriesPoint;
import io.smollama.memory.SilentTimes;
import io.smollama.memory.SourceHistory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what the page of one source shows. Thread-safe. */
final class SourceViews {
  private static final Map<String, String> SPANS = new LinkedHashMap<>();

  static {
    SPANS.put("1h", "1 h");
    SPANS.put("24h", "24 h");
    SPANS.put("7d", "7 d");
    SPANS.put("30d", "30 d");
    SPANS.put("365d", "1 y");
  }

  /** About so many points a chart of this width can show. */
  private static final int POINTS = 240;

  /** Silence shorter than this part of the span is not seen. */
  private static final int SEEN = 144;

  private static final int LISTED = 10;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final NodeView node;

  SourceViews(NodeView node) {
    this.node = node;
  }

  /** Where the page of a source is. */
  static String page(String source) {
    return "/readings?source=" + URLEncoder.encode(source, StandardCharsets.UTF_8);
  }

  /** The view that was asked for by {@code source} and {@code last}. */
  SourceView of(Request request) {
    ObjectNode parameters = MemoryApi.parameters(request);
    try {
      HistoryRequest asked = HistoryRequest.of(parameters, node.clock().instant());
      SourceId source = new NamedSources(node.memory().readings()).of(asked.source()).get(0);
      return of(asked, source, request.words("last").orElse("24h"));
    } catch (IllegalArgumentException e) {
      throw new Refusal(404, e.getMessage() + ".");
    }
  }

  private SourceView of(HistoryRequest asked, SourceId source, String last) {
    ReadingHistory history = node.memory().readings();
    SourceHistory past = history.of(source);
    Reading latest = history.latest(source).orElseThrow();
    Instant from = asked.from();
    Instant to = asked.to();
    boolean text = latest.value().asNumber().isEmpty();
    Optional<CourseSummary> summary = past.summary(from, to).filter(SourceViews::isDrawable);
    long count =
        summary
            .map(CourseSummary::count)
            .orElseGet(() -> (long) history.range(source, from, to, SEEN).size());
    Duration tooLong = tooLong(asked, count);
    SilentTimes silent = past.gaps(from, to, tooLong, 200);
    boolean states = !(latest.value() instanceof ReadingValue.Quantity);
    List<SourceView.Choice> spans =
        SPANS.entrySet().stream()
            .map(
                span ->
                    new SourceView.Choice(
                        span.getValue(),
                        page(source.toString()) + "&last=" + span.getKey(),
                        span.getKey().equals(last)))
            .toList();
    return new SourceView(
        ReadingGroup.tile(latest, node.clock().instant()),
        spans,
        SPANS.getOrDefault(last, last),
        text ? Optional.empty() : summary.map(all -> chart(asked, past, silent, latest)),
        figures(summary.filter(all -> !states), latest.unit(), silent, tooLong),
        states ? states(past.timeInState(from, to)) : List.of(),
        states ? changes(past.changes(from, to, LISTED)) : List.of(),
        gaps(silent),
        notes(asked, past, source),
        "/htmx/source" + page(source.toString()).substring("/readings".length()) + "&last=" + last);
  }

  private static boolean isDrawable(CourseSummary summary) {
    return Double.isFinite(summary.max() - summary.min());
  }

  private CourseChart chart(
      HistoryRequest asked, SourceHistory past, SilentTimes silent, Reading latest) {
    Duration span = Duration.between(asked.from(), asked.to());
    Duration step = CalendarSteps.fitting(span, POINTS);
    List<SeriesPoint> points =
        past.stepped(CalendarSteps.edges(asked.from(), asked.to(), step, node.zone()));
    return CourseChart.of(points, silent.newest(), asked, step, latest, node.zone());
  }

  /** A source that speaks seldom is not silent between two readings. */
  private static Duration tooLong(HistoryRequest asked, long count) {
    Duration span = Duration.between(asked.from(), asked.to());
    Duration seen = span.dividedBy(SEEN);
    Duration usual = span.dividedBy(Math.max(1, count)).multipliedBy(4);
    Duration most = span.dividedBy(2);
    Duration exact = usual.compareTo(seen) < 0 ? seen : usual.compareTo(most) < 0 ? usual : most;
    return exact.toMinutes() > 1 ? Duration.ofMinutes(exact.plusSeconds(59).toMinutes()) : exact;
  }

  private List<SourceView.Figure> figures(
      Optional<CourseSummary> summary, String unit, SilentTimes silent, Duration tooLong) {
    List<SourceView.Figure> figures = new ArrayList<>();
    summary.ifPresent(
        all -> {
          String about = all.estimated() ? "about " : "";
          figures.add(figure("Least", shown(all.min(), unit)));
          figures.add(figure("Mean", shown(all.mean(), unit)));
          figures.add(figure("Most", shown(all.max(), unit)));
          figures.add(figure("Median", about + shown(all.p50(), unit)));
          figures.add(figure("Half of all", about + range(all.p25(), all.p75(), unit)));
          figures.add(figure("Nine in ten", about + range(all.p5(), all.p95(), unit)));
          figures.add(figure("Readings", "%,d".formatted(all.count())));
        });
    figures.add(
        figure(
            "Silent for over " + TimeLength.words(tooLong),
            silent.count() == 0
                ? "never"
                : "%,d ×, %s".formatted(silent.count(), TimeLength.words(silent.total()))));
    return figures;
  }

  private static SourceView.Figure figure(String name, String value) {
    return new SourceView.Figure(name, value);
  }

  private static String range(double low, double high, String unit) {
    return ShownValue.of(new ReadingValue.Quantity(low), unit).figure()
        + " to "
        + shown(high, unit);
  }

  private static String shown(double number, String unit) {
    ShownValue shown = ShownValue.of(new ReadingValue.Quantity(number), unit);
    return (shown.figure() + " " + shown.unit()).strip();
  }

  private static List<SourceView.State> states(Map<ReadingValue, Duration> times) {
    long all = times.values().stream().mapToLong(Duration::toMillis).sum();
    return times.entrySet().stream()
        .limit(LISTED)
        .map(
            state ->
                new SourceView.State(
                    ShownValue.of(state.getKey(), "").figure(),
                    TimeLength.words(state.getValue()),
                    (int) Math.round(100.0 * state.getValue().toMillis() / Math.max(1, all))))
        .toList();
  }

  private List<SourceView.Figure> changes(List<Reading> changes) {
    List<SourceView.Figure> newest = new ArrayList<>();
    changes.forEach(
        reading ->
            newest.add(figure(time(reading.time()), ShownValue.of(reading.value(), "").figure())));
    Collections.reverse(newest);
    return newest;
  }

  private List<SourceView.Figure> gaps(SilentTimes silent) {
    List<SourceView.Figure> newest = new ArrayList<>();
    for (Gap gap : silent.newest()) {
      newest.add(figure(time(gap.from()), TimeLength.words(gap.length())));
    }
    Collections.reverse(newest);
    return newest.subList(0, Math.min(LISTED, newest.size()));
  }

  private String time(Instant time) {
    return TIME.format(time.atZone(node.zone()));
  }

  private List<String> notes(HistoryRequest asked, SourceHistory past, SourceId source) {
    List<String> notes = new ArrayList<>();
    if (past.isPartlyGone(asked.from(), asked.to())) {
      past.keptFrom()
          .ifPresent(
              kept ->
                  notes.add(
                      "Readings are kept from %s on; before that their sums answer."
                          .formatted(time(kept))));
    }
    node.memory().readings().damaged().stream()
        .filter(some -> some.source().equals(source))
        .map(DamagedReadings::toString)
        .forEach(some -> notes.add("Left out, because they are damaged: " + some));
    return notes;
  }
}
