package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.memory.CourseSummary;
import io.smollama.memory.Crossing;
import io.smollama.memory.DamagedReadings;
import io.smollama.memory.Downsampling;
import io.smollama.memory.Gap;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SeriesPoint;
import io.smollama.memory.SilentTimes;
import io.smollama.memory.SourceHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Where a person looks through what sources said: JSON in, JSON out, the same over HTTP and for
 * commands that open the history themselves. Times are like {@code 2026-03-01T12:00:00Z}, lengths
 * of time like {@code 24h}. What is asked wrongly is an {@link IllegalArgumentException} with a
 * sentence. Thread-safe.
 */
public final class ReadingsDesk {
  /** So many readings are listed as they are. */
  private static final int LISTED = 60;

  /** So many rows a screen has. */
  private static final int ROWS = 30;

  private static final int USUAL_LIMIT = 1_000;
  private static final int MOST = 10_000;
  private static final Duration USUAL_GAP = Duration.ofMinutes(10);

  private final ReadingHistory history;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * A desk over a history.
   *
   * @param zone the calendar in which steps begin
   */
  public ReadingsDesk(ReadingHistory history, InstantSource clock, ZoneId zone) {
    this.history = history;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * What sources said, oldest first: of numbers {@code points}, each a reading or the mean,
   * smallest and largest of a step; of flags and texts {@code changes}.
   *
   * @param request {@code source}, a name or pattern; {@code from}, {@code to} or {@code last};
   *     {@code every} (a step) or {@code points} (how many at the most) or {@code all} (each
   *     reading as it is, the newest {@code limit}) if wanted, else what a screen holds
   */
  public ObjectNode history(JsonNode request) {
    HistoryRequest asked = HistoryRequest.of(request, clock.instant());
    return each(asked, (source, form) -> course(asked, source, form));
  }

  private void course(HistoryRequest asked, SourceId source, ObjectNode form) {
    SourceHistory past = history.of(source);
    FieldReader fields = asked.fields();
    boolean stepped = asked.length("every").isPresent() || fields.text("points").isPresent();
    int limit = fields.number("limit", USUAL_LIMIT, MOST);
    if (fields.flag("all")) {
      put(form, "readings", history.range(source, asked.from(), asked.to(), limit));
    } else if (stepped || saysNumbers(asked, source)) {
      putPoints(form, asked, source);
    } else {
      put(form, "changes", past.changes(asked.from(), asked.to(), limit));
    }
  }

  private boolean saysNumbers(HistoryRequest asked, SourceId source) {
    return history.latest(source).filter(ReadingsDesk::isQuantity).isPresent()
        || history.range(source, asked.from(), asked.to(), LISTED).stream()
            .anyMatch(ReadingsDesk::isQuantity);
  }

  private static boolean isQuantity(Reading reading) {
    return reading.value() instanceof ReadingValue.Quantity;
  }

  private static void put(ObjectNode form, String name, List<Reading> readings) {
    form.set(name, JsonForms.array(readings, JsonForms::said));
  }

  private void putPoints(ObjectNode form, HistoryRequest asked, SourceId source) {
    Instant from = asked.from();
    Instant to = asked.to();
    List<SeriesPoint> points;
    if (asked.fields().text("points").isPresent()) {
      int most = asked.fields().number("points", ROWS, MOST);
      points = history.downsampled(source, from, to, Math.max(2, most), Downsampling.MIN_MAX);
    } else {
      List<SeriesPoint> all =
          asked.length("every").isPresent() || history.of(source).about(from, to) > 2_000
              ? List.of()
              : history.downsampled(source, from, to, LISTED + 1, Downsampling.MIN_MAX);
      if (!all.isEmpty() && all.size() <= LISTED) {
        points = all;
      } else {
        Duration span = Duration.between(from, to);
        Duration step = asked.length("every").orElseGet(() -> CalendarSteps.fitting(span, ROWS));
        points = history.of(source).stepped(CalendarSteps.edges(from, to, step, zone));
        form.put("step_seconds", step.toMillis() / 1e3);
      }
    }
    form.set("points", JsonForms.array(points, JsonForms::point));
  }

  /**
   * What the numbers of sources did: count, smallest, largest, mean and percentiles; how long flags
   * and texts lasted.
   *
   * @param request {@code source}; {@code from}, {@code to} or {@code last}; {@code above} or
   *     {@code below} (a level) to be told when it was crossed first, and whether the first number
   *     lay beyond it already
   */
  public ObjectNode stats(JsonNode request) {
    HistoryRequest asked = HistoryRequest.of(request, clock.instant());
    return each(asked, (source, form) -> stats(asked, source, form));
  }

  private void stats(HistoryRequest asked, SourceId source, ObjectNode form) {
    SourceHistory past = history.of(source);
    boolean numbers = saysNumbers(asked, source);
    Optional<CourseSummary> summary = past.summary(asked.from(), asked.to());
    summary.ifPresent(all -> form.set("numbers", JsonForms.summary(all)));
    if (!numbers) {
      ArrayNode states = form.putArray("states");
      past.timeInState(asked.from(), end(asked))
          .forEach((value, time) -> states.add(JsonForms.state(value, time)));
    }
    Optional<Double> above = asked.number("above");
    Optional<Double> below = asked.number("below");
    if (summary.isPresent()) {
      above.ifPresent(level -> crossing(asked, past, form, level, Crossing.UP));
      below.ifPresent(level -> crossing(asked, past, form, level, Crossing.DOWN));
    }
  }

  /** What is not yet is neither a state nor a gap. */
  private Instant end(HistoryRequest asked) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    return asked.to().isAfter(now) && asked.from().isBefore(now) ? now : asked.to();
  }

  private static void crossing(
      HistoryRequest asked, SourceHistory past, ObjectNode form, double level, Crossing way) {
    boolean up = way == Crossing.UP;
    double first = past.firstNumber(asked.from(), asked.to()).orElse(level);
    ObjectNode crossing = form.putObject(up ? "above" : "below");
    crossing.put("level", level).put("at_start", up ? first > level : first < level);
    past.firstCrossing(asked.from(), asked.to(), level, way)
        .ifPresent(
            reading -> {
              crossing.put("time", reading.time().toString());
              crossing.set("value", JsonForms.stated(reading.value()));
            });
  }

  /**
   * When sources said nothing, oldest first.
   *
   * @param request {@code source}; {@code from}, {@code to} or {@code last}; {@code longer} (a
   *     length, 10m if it is missing); {@code limit}
   */
  public ObjectNode gaps(JsonNode request) {
    HistoryRequest asked = HistoryRequest.of(request, clock.instant());
    Duration longer = asked.length("longer").orElse(USUAL_GAP);
    return each(asked, (source, form) -> gaps(asked, longer, source, form))
        .put("longer_seconds", longer.toMillis() / 1e3);
  }

  private void gaps(HistoryRequest asked, Duration longer, SourceId source, ObjectNode form) {
    int limit = asked.fields().number("limit", USUAL_LIMIT, MOST);
    SourceHistory past = history.of(source);
    history.latest(source).ifPresent(last -> form.put("last", last.time().toString()));
    SilentTimes silent = past.gaps(asked.from(), end(asked), longer, limit);
    form.put("count", silent.count()).put("total_seconds", silent.total().toMillis() / 1e3);
    ArrayNode gaps = form.putArray("gaps");
    for (Gap gap : silent.newest()) {
      gaps.addObject()
          .put("from", gap.from().toString())
          .put("to", gap.to().toString())
          .put("seconds", gap.length().toMillis() / 1e3)
          .put("open", gap.to().equals(end(asked)));
    }
  }

  private ObjectNode each(HistoryRequest asked, BiConsumer<SourceId, ObjectNode> look) {
    ObjectNode form =
        JsonForms.object().put("from", asked.from().toString()).put("to", asked.to().toString());
    ArrayNode all = form.putArray("sources");
    for (SourceId source : new NamedSources(history).of(asked.source())) {
      ObjectNode one = all.addObject().put("source", source.toString());
      history.latest(source).ifPresent(latest -> one.put("unit", latest.unit()));
      SourceHistory past = history.of(source);
      past.keptFrom().ifPresent(kept -> one.put("kept_from", kept.toString()));
      one.put("partly_gone", past.isPartlyGone(asked.from(), asked.to()));
      look.accept(source, one);
      List<String> damaged =
          history.damaged().stream()
              .filter(some -> some.source().equals(source) && touches(some, asked))
              .map(DamagedReadings::toString)
              .toList();
      if (!damaged.isEmpty()) {
        damaged.forEach(one.putArray("damaged")::add);
      }
    }
    return form;
  }

  private static boolean touches(DamagedReadings some, HistoryRequest asked) {
    return some.first().isBefore(asked.to()) && !some.last().isBefore(asked.from());
  }
}
