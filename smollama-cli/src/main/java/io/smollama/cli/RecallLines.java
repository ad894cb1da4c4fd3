package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a person what was recalled: what is near first, then what is hardly near, marked so. */
final class RecallLines {
  /** What would be shown as 0.00 was not found, it was only left over. */
  private static final double LEAST_SHOWN = 0.005;

  private final String kind;
  private final boolean then;

  /**
   * Lines of a recall.
   *
   * @param kind the kinds asked for; empty for all
   * @param then whether it was asked what was believed at another time
   */
  RecallLines(String kind, boolean then) {
    this.kind = kind;
    this.then = then;
  }

  void tell(JsonNode answer, Terminal terminal) {
    JsonNode hits = answer.path("hits");
    if (answer.hasNonNull("note")) {
      terminal.line("(%s)".formatted(answer.path("note").asText()));
    } else if (hits.isEmpty()) {
      terminal.line("Found no %s that fits.".formatted(kinds()));
    }
    List<JsonNode> near = new ArrayList<>();
    List<JsonNode> far = new ArrayList<>();
    hits.forEach(hit -> (isNear(hit) ? near : far).add(hit));
    near.forEach(hit -> terminal.line(line(hit)));
    if (!far.isEmpty()) {
      terminal.line(near.isEmpty() ? "(nothing fits well; nearest to it:)" : "(hardly near:)");
    }
    far.forEach(hit -> terminal.line(line(hit)));
    boolean asked = hits.size() > 0 && !isListed(hits.get(0));
    if (asked && !answer.path("by_meaning").asBoolean()) {
      terminal.line("(by words only: no embedding model is at hand)");
    }
  }

  private String kinds() {
    return switch (kind) {
      case "memory" -> "fact";
      case "observation" -> "observation";
      default -> "fact and no observation";
    };
  }

  private String line(JsonNode hit) {
    double score = hit.path("score").asDouble();
    String shown = score < LEAST_SHOWN ? "   -" : String.format(Locale.ROOT, "%.2f", score);
    return "%s  %s  (%s)"
        .formatted(shown, MemoryLines.oneLine(hit.path("text").asText()), notes(hit));
  }

  /** What was believed once is told with how sure it was and for how long it was to hold. */
  private String notes(JsonNode hit) {
    List<String> notes = new ArrayList<>(List.of(hit.path("type").asText()));
    notes.addAll(MemoryLines.from(hit));
    if (then) {
      notes.add(MemoryLines.sure(hit) + " then");
    }
    if (hit.hasNonNull("age")) {
      notes.add(hit.path("age").asText());
    }
    notes.addAll(MemoryLines.validity(hit));
    notes.addAll(MemoryLines.hidden(hit));
    return String.join(", ", notes);
  }

  private static boolean isNear(JsonNode hit) {
    boolean scored = hit.path("score").asDouble() >= LEAST_SHOWN;
    return isListed(hit) || (scored && hit.path("near").asBoolean(true));
  }

  private static boolean isListed(JsonNode hit) {
    return hit.path("why").asText().equals("latest");
  }
}
