package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells facts and observations to a person, a line each. */
final class MemoryLines {
  private static final int SHORT_ID = 8;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final String UNKNOWN_YEAR = "1970-"; // a clock that was not set

  private MemoryLines() {}

  /** As many digits of an id as tell it apart in practice. */
  static String shortId(String id) {
    return id.substring(0, Math.min(SHORT_ID, id.length()));
  }

  /** Words as they fit into a line: whatever blanks and breaks stand in them, one is shown. */
  static String oneLine(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }

  /** The id, the words, and in brackets what else there is to say. */
  static String of(JsonNode item) {
    return "%s  %s  (%s)"
        .formatted(
            shortId(item.path("id").asText()),
            oneLine(item.path("text").asText()),
            String.join(", ", notes(item)));
  }

  /** Whether it was worked out when that was, since the writer's clock was wrong. */
  static boolean isWorkedOut(JsonNode item) {
    return !lead(item).isEmpty();
  }

  /** When it was: {@code about 2026-03-03 14:05:00 UTC ± 2 s} if that was worked out. */
  static String when(JsonNode item) {
    String time = item.path("time").asText("");
    long off = item.path("time_uncertainty_ms").asLong(-1);
    boolean shown = item.path("time_quality").asText().equals("estimated") && off >= 0;
    return time.isEmpty()
        ? "at an unknown time"
        : lead(item)
            + PersonsTime.shown(shown ? time.replaceFirst("\\.\\d+Z$", "Z") : time)
            + (shown ? " ± " + span(off) : "");
  }

  private static String lead(JsonNode item) {
    return switch (item.path("time_quality").asText()) {
      case "estimated" -> "about ";
      case "after" -> "after ";
      case "before" -> "before ";
      default -> "";
    };
  }

  private static String span(long millis) {
    long seconds = (millis + 999) / 1_000;
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }

  /** How sure it is, in percent. */
  static String sure(JsonNode item) {
    return Math.round(item.path("confidence").asDouble() * 100) + " % sure";
  }

  /** Since when and until when it is true; nothing if always. */
  static List<String> validity(JsonNode item) {
    String begin = item.path("valid_from").asText("");
    String end = item.path("valid_to").asText("");
    if (!end.isEmpty() && (end.equals(begin) || end.startsWith(UNKNOWN_YEAR))) {
      return List.of("no longer true"); // since when is not known
    }
    List<String> notes = new ArrayList<>();
    if (!begin.isEmpty() && !begin.startsWith(UNKNOWN_YEAR)) {
      notes.add("true from " + PersonsTime.shown(begin));
    }
    if (!end.isEmpty()) {
      notes.add("true until " + PersonsTime.shown(end));
    }
    return notes;
  }

  /** Since when it is hidden; nothing if it is shown. */
  static List<String> hidden(JsonNode item) {
    if (!item.hasNonNull("hidden_from")) {
      return List.of();
    }
    boolean fact = item.path("kind").asText().equals("memory");
    boolean known = !item.path("hidden_from").asText().startsWith(UNKNOWN_YEAR);
    return List.of(
        (fact ? "retracted" : "retracted or summed up")
            + (known ? " " + item.path("hidden_age").asText() : ""));
  }

  /** Which other node it comes from; nothing if from this one. */
  static List<String> from(JsonNode item) {
    return item.path("elsewhere").asBoolean()
        ? List.of("from " + oneLine(item.path("node").asText()))
        : List.of();
  }

  private static List<String> notes(JsonNode item) {
    List<String> notes = new ArrayList<>(from(item));
    notes.add(sure(item));
    if (item.path("times_confirmed").asInt() > 1) {
      notes.add("said " + item.path("times_confirmed").asInt() + " times");
    }
    if (item.hasNonNull("age")) {
      notes.add(item.path("age").asText());
    }
    notes.addAll(validity(item));
    if (item.has("active") && !item.path("active").asBoolean()) {
      notes.add("retracted");
    }
    if (item.path("hidden").asBoolean()) {
      notes.add("retracted or summed up");
    }
    if (item.path("tainted").asBoolean()) {
      notes.add("from an untrusted source");
    }
    item.path("tags").forEach(tag -> notes.add("#" + tag.asText()));
    return notes;
  }
}
