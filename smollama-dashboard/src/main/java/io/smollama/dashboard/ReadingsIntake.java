package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Reading;
import io.smollama.memory.ArchiveLine;
import io.smollama.memory.LoadReport;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.ReadingRecord;
import java.util.ArrayList;
import java.util.List;

/** Where readings of a file come into the history of a running node. Thread-safe. */
final class ReadingsIntake {
  private final ReadingHistory history;

  ReadingsIntake(ReadingHistory history) {
    this.history = history;
  }

  /**
   * Takes readings: all of them, or none if one makes no sense.
   *
   * @param request {@code lines}, a list of texts, each a reading as exports have it
   */
  ObjectNode take(JsonNode request) {
    if (!request.path("lines").isArray()) {
      throw new IllegalArgumentException("'lines' must be a list of texts, each a reading");
    }
    List<Reading> readings = new ArrayList<>();
    for (JsonNode line : request.path("lines")) {
      readings.add(reading(readings.size() + 1, line.asText()));
    }
    LoadReport report = history.load(readings.iterator());
    return JsonForms.object()
        .put("added", report.added())
        .put("replaced", report.replaced())
        .put("unchanged", report.unchanged())
        .put("outdone", report.outdone());
  }

  private static Reading reading(int number, String text) {
    try {
      if (ArchiveLine.parse(text) instanceof ReadingRecord record) {
        return record.reading();
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Line %d %s".formatted(number, e.getMessage()), e);
    }
    throw new IllegalArgumentException(
        "Line %d is no reading; /api/memory/import takes observations and facts".formatted(number));
  }
}
