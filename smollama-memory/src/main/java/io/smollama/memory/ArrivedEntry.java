package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.JournalEntry;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What an entry tells of sources, as docs/shared-readings.md tells it. What makes no sense of it is
 * passed over, alike everywhere.
 *
 * @param readings each as it was
 * @param windows sums of five minutes, by source and begin in ms since 1970
 */
record ArrivedEntry(List<Reading> readings, Map<SourceId, Map<Long, Rollup>> windows) {
  private static final RollupLevel WIDTH = RollupLevel.FIVE_MINUTES;

  /** An entry of this program has a few hundred; more in 64 KiB is forged to take the memory. */
  private static final int MOST_READINGS = 50_000;

  private static final int COLUMNS = 8;

  /** The years 1 to 9999, which all that computes with times can bear. */
  private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

  private static final long LATEST = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  static boolean isOne(JournalEntry entry) {
    return switch (entry.type()) {
      case SharedReadingsForm.BATCH, SharedReadingsForm.WINDOWS, SharedReadingsForm.SINGLE -> true;
      default -> false;
    };
  }

  /**
   * Reads an entry.
   *
   * @param own whether its sources are this node's own; else they bear the name of their node
   */
  static ArrivedEntry of(JournalEntry entry, boolean own) {
    ArrivedEntry arrived = new ArrivedEntry(new ArrayList<>(), new HashMap<>());
    Optional<JsonNode> payload = Payloads.parse(entry.payload()).map(object -> object);
    payload.ifPresent(
        json -> {
          String prefix = own ? "" : SourceId.NODE + ":" + json.path("node").asText() + "/";
          if (entry.type().equals(SharedReadingsForm.SINGLE)) {
            arrived.attempt(() -> arrived.single(prefix, json));
          } else {
            boolean batch = entry.type().equals(SharedReadingsForm.BATCH);
            boolean known = batch || json.path("width").asLong() == WIDTH.millis();
            for (JsonNode part : known ? json.path("sources") : List.<JsonNode>of()) {
              arrived.attempt(
                  () -> {
                    if (batch) {
                      arrived.batch(prefix, part);
                    } else {
                      arrived.windows(prefix, part);
                    }
                  });
            }
          }
        });
    return arrived;
  }

  private void attempt(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      return; // whoever forged it, and however: no entry keeps others from being applied
    }
  }

  private static boolean isOfCalendar(long time) {
    return time >= EARLIEST && time <= LATEST;
  }

  private void single(String prefix, JsonNode json) {
    String unit = json.path("unit").asText();
    JsonNode value = json.path("value");
    boolean timed =
        json.path("time").canConvertToLong() && isOfCalendar(json.path("time").asLong());
    if (!value.isMissingNode() && timed) {
      readings.add(
          new Reading(
              SourceId.parse(prefix + json.path("source").asText()),
              PythonValue.parse(value.toString(), unit),
              unit,
              Instant.ofEpochMilli(json.path("time").asLong()),
              Map.of()));
    }
  }

  private static SourceTable.Row source(String prefix, JsonNode part) {
    Map<String, String> metadata = new HashMap<>();
    part.path("metadata").forEachEntry((name, told) -> metadata.put(name, told.asText()));
    SourceId source = SourceId.parse(prefix + part.path("source").asText());
    return new SourceTable.Row(0, source, part.path("unit").asText(), metadata);
  }

  private void batch(String prefix, JsonNode part) {
    SourceTable.Row source = source(prefix, part);
    byte[] packed = Base64.getDecoder().decode(part.path("readings").asText());
    Samples samples = ChunkCodec.decode(packed, source.unit());
    boolean timed = LongStream.of(samples.times()).allMatch(ArrivedEntry::isOfCalendar);
    if (timed && readings.size() + samples.count() <= MOST_READINGS) {
      readings.addAll(samples.readings(source));
    }
  }

  private void windows(String prefix, JsonNode part) {
    SourceTable.Row source = source(prefix, part);
    boolean flag = part.path("flag").asBoolean();
    for (JsonNode row : part.path("windows")) {
      long start = row.path(0).asLong();
      long count = row.path(1).asLong();
      long last = row.path(COLUMNS - 1).asLong(-1);
      boolean sound =
          row.size() >= COLUMNS
              && isOfCalendar(start)
              && start == WIDTH.windowStart(start)
              && count > 0
              && count <= WIDTH.millis() // one a millisecond
              && last >= 0
              && last < WIDTH.millis();
      if (sound) {
        double[] sums = new double[5];
        for (int i = 0; i < sums.length; i++) {
          sums[i] = number(row.path(2 + i));
        }
        Rollup window = new Rollup(count, sums[0], sums[1], sums[2], sums[3], sums[4]);
        windows.computeIfAbsent(source.source(), s -> new HashMap<>()).put(start, window);
        ReadingValue value =
            flag ? new ReadingValue.Flag(sums[4] != 0) : new ReadingValue.Quantity(sums[4]);
        Instant time = Instant.ofEpochMilli(start + last);
        readings.add(new Reading(source.source(), value, source.unit(), time, source.metadata()));
      }
    }
  }

  private static double number(JsonNode json) {
    return json.isTextual() ? Double.parseDouble(json.textValue()) : json.asDouble();
  }
}
