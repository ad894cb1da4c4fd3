package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a correction from a form of the page. What a person left as it was is not sent on, so that
 * it does not undo what somebody else changed meanwhile.
 */
final class CorrectionForm {
  /** Stands for this moment where a day is asked for. */
  private static final String NOW = "now";

  private CorrectionForm() {}

  /** The request for {@link KnowledgeDesk#change}. */
  static ObjectNode read(Request form, ZoneId zone, Instant now) {
    ObjectNode fields = JsonForms.object().put("id", form.field("id").orElse(""));
    form.field("reason").ifPresent(reason -> fields.put("reason", reason));
    changed(form, "text").ifPresent(text -> fields.put("text", requireWords(text)));
    changed(form, "tags")
        .ifPresent(
            tags ->
                Stream.of(tags.split(","))
                    .map(String::strip)
                    .filter(tag -> !tag.isEmpty())
                    .forEach(fields.putArray("tags")::add));
    for (String bound : List.of("valid_from", "valid_to")) {
      changed(form, bound).ifPresent(day -> fields.put(bound, moment(day, zone, now)));
    }
    return fields;
  }

  private static String requireWords(String text) {
    if (text.isEmpty()) {
      throw Refusal.badRequest("A fact needs words. If it was never right, retract it.");
    }
    return text;
  }

  private static @Nullable String moment(String day, ZoneId zone, Instant now) {
    if (day.isEmpty()) {
      return null;
    }
    return (day.equals(NOW) ? now : FactFilter.day(day).atStartOfDay(zone).toInstant()).toString();
  }

  /** What a field says, if that is another than it said when the form was made. */
  private static Optional<String> changed(Request form, String name) {
    String before = text(form, name + "_was");
    return Optional.of(text(form, name)).filter(now -> !now.equals(before));
  }

  private static String text(Request form, String name) {
    return form.field(name).orElse("").replace("\r\n", "\n");
  }
}
