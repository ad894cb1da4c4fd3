package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.LoadReport;
import io.smollama.memory.ReadingRecord;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Brings readings to a running node, some thousand in a request. One thread at a time. */
final class ReadingsUpload {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request of so many characters fits, however they are written. */
  private static final int REQUEST_CHARACTERS = 150_000;

  private final NodeClient node;
  private LoadReport total = new LoadReport(0, 0, 0, 0);

  ReadingsUpload(NodeClient node) {
    this.node = node;
  }

  /** Whether a source says numbers now. */
  Predicate<SourceId> saysNumbers() {
    Set<SourceId> numbers = new HashSet<>();
    for (JsonNode reading : node.get("/api/readings", Map.of()).path("readings")) {
      if (reading.path("value").isNumber()
          && !reading.path("unit").asText().equals(Units.BOOLEAN)) {
        numbers.add(SourceId.parse(reading.path("full_id").asText()));
      }
    }
    return numbers::contains;
  }

  /** Sends all and gives what the node did with them. */
  LoadReport send(Iterator<Reading> readings) {
    while (readings.hasNext()) {
      ObjectNode request = JSON.createObjectNode();
      ArrayNode lines = request.putArray("lines");
      int characters = 0;
      while (characters < REQUEST_CHARACTERS && readings.hasNext()) {
        String line = new ReadingRecord(readings.next()).json();
        lines.add(line);
        characters += line.length();
      }
      add(request);
    }
    return total;
  }

  private void add(ObjectNode request) {
    try {
      JsonNode done = node.post("/api/readings/import", request);
      total =
          new LoadReport(
              total.added() + done.path("added").asLong(),
              total.replaced() + done.path("replaced").asLong(),
              total.unchanged() + done.path("unchanged").asLong(),
              total.outdone() + done.path("outdone").asLong());
    } catch (UserError e) {
      throw new UserError(
          "%s. Imported: %s; when this is mended import again, what is there changes nothing"
              .formatted(
                  e.getMessage().replaceFirst("\\.$", ""), Counted.of(total.total(), "reading")),
          e);
    }
  }
}
