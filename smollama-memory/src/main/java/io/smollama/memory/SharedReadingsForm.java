package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.NewEntry;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entries of what sources said, as docs/shared-readings.md tells it. One thread at a time. */
final class SharedReadingsForm {
  static final String BATCH = "reading.batch";
  static final String WINDOWS = "rollup.window";

  /** What nodes with Smollama for Python share: one reading. */
  static final String SINGLE = "reading.add";

  private static final Logger LOG = LoggerFactory.getLogger(SharedReadingsForm.class);
  private static final RollupLevel WIDTH = RollupLevel.FIVE_MINUTES;

  /** In characters; an entry may have 64 KiB, and one more source is to fit. */
  private static final int FULL = 32_000;

  private final String node;
  private final String type;
  private final List<NewEntry> entries = new ArrayList<>();
  private ArrayNode sources = JsonNodeFactory.instance.arrayNode();
  private int size;

  private SharedReadingsForm(String node, String type) {
    this.node = node;
    this.type = type;
  }

  /** Readings as they are, each source in order of time. */
  static List<NewEntry> batches(String node, Map<SourceId, List<Reading>> readings) {
    SharedReadingsForm form = new SharedReadingsForm(node, BATCH);
    readings.values().forEach(form::addBatch);
    return form.done();
  }

  /** Windows, each source in order of time. */
  static List<NewEntry> windows(String node, Map<SourceId, List<SharedWindow>> windows) {
    SharedReadingsForm form = new SharedReadingsForm(node, WINDOWS);
    windows.values().forEach(form::addWindows);
    return form.done();
  }

  private void addBatch(List<Reading> readings) {
    for (Samples run : ReadingOrder.byUnit(readings)) {
      add(readings.get(0).source(), run, readings.get(readings.size() - 1).metadata());
    }
  }

  private void add(SourceId source, Samples run, Map<String, String> metadata) {
    String packed = Base64.getEncoder().encodeToString(ChunkCodec.encode(run));
    ObjectNode part = part(source, run.unit(), metadata).put("readings", packed);
    int length = part.toString().length();
    if (length <= FULL) {
      add(part, length);
    } else if (run.count() > 1) {
      add(source, run.slice(0, run.count() / 2), metadata);
      add(source, run.slice(run.count() / 2, run.count()), metadata);
    } else {
      LOG.warn("A reading of {} is too long to be shared and stays on this node", source);
    }
  }

  private void addWindows(List<SharedWindow> windows) {
    Reading newest = windows.get(windows.size() - 1).last();
    ObjectNode part = part(newest.source(), newest.unit(), newest.metadata());
    ArrayNode rows = part.putArray("windows");
    for (SharedWindow window : windows) {
      Rollup sums = window.sums();
      ArrayNode row = rows.addArray().add(window.start()).add(sums.count());
      for (double number :
          new double[] {sums.min(), sums.max(), sums.sum(), sums.first(), sums.last()}) {
        add(row, number);
      }
      row.add(ReadingOrder.millis(window.last()) - window.start());
    }
    if (newest.value() instanceof ReadingValue.Flag) {
      part.put("flag", true);
    }
    int length = part.toString().length();
    if (length <= FULL) {
      add(part, length);
    } else if (windows.size() > 1) {
      addWindows(windows.subList(0, windows.size() / 2));
      addWindows(windows.subList(windows.size() / 2, windows.size()));
    }
  }

  /** JSON has no word for what is not finite; whole numbers are written as such. */
  private static void add(ArrayNode row, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15 && !isMinusZero(number)) {
      row.add((long) number);
    } else if (Double.isFinite(number)) {
      row.add(number);
    } else {
      row.add(Double.toString(number));
    }
  }

  private static boolean isMinusZero(double number) {
    return Double.doubleToRawLongBits(number) == Double.doubleToRawLongBits(-0.0);
  }

  private static ObjectNode part(SourceId source, String unit, Map<String, String> metadata) {
    ObjectNode part = JsonNodeFactory.instance.objectNode();
    part.put("source", source.toString()).put("unit", unit);
    if (!metadata.isEmpty()) {
      ObjectNode told = part.putObject("metadata");
      metadata.forEach(told::put);
    }
    return part;
  }

  private void add(JsonNode part, int length) {
    if (size + length > FULL) {
      finish();
    }
    sources.add(part);
    size += length;
  }

  private void finish() {
    if (!sources.isEmpty()) {
      ObjectNode payload = JsonNodeFactory.instance.objectNode().put("node", node);
      if (type.equals(WINDOWS)) {
        payload.put("width", WIDTH.millis());
      }
      payload.set("sources", sources);
      entries.add(new NewEntry(type, payload.toString()));
      sources = JsonNodeFactory.instance.arrayNode();
      size = 0;
    }
  }

  private List<NewEntry> done() {
    finish();
    return List.copyOf(entries);
  }
}
