package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.agent.Age;
import java.time.Instant;

/** Acts in the words of people. */
final class ActLines {
  private ActLines() {}

  /** {@code 3 min ago gpio:18 on by a person (cli): it is dark - lamp is on}. */
  static String line(JsonNode act, Instant now) {
    return "%-12s  %-9s %-3s  %s".formatted(age(act, now), target(act), state(act), rest(act));
  }

  /** What was done, without the output. */
  static String told(JsonNode act, Instant now) {
    return "%s: %s, %s".formatted(age(act, now), done(act), rest(act));
  }

  private static String done(JsonNode act) {
    return switch (act.path("verdict").asText()) {
      case "done" -> "switched " + state(act);
      case "unchanged" -> "asked to be " + state(act) + ", which it was";
      case "refused" -> "refused to be switched " + state(act);
      default -> "not switched " + state(act);
    };
  }

  private static String rest(JsonNode act) {
    String reason = act.path("reason").asText();
    String verdict = act.path("verdict").asText();
    String says = act.path("says").asText();
    return "by %s%s%s"
        .formatted(
            by(act),
            reason.isEmpty() ? "" : ": " + reason,
            verdict.equals("done") ? "" : " - " + verdict + ", " + says);
  }

  private static String by(JsonNode act) {
    String name = act.path("caller_name").asText();
    return switch (act.path("caller").asText()) {
      case "person" -> "a person (%s)".formatted(name);
      case "model" -> "the model %s".formatted(name);
      case "rule" -> "the rule %s".formatted(name);
      case "message" -> "a message (%s)".formatted(name);
      default -> "its limits";
    };
  }

  private static String age(JsonNode act, Instant now) {
    return Age.of(Instant.parse(act.path("time").asText()), now);
  }

  private static String target(JsonNode act) {
    return act.path("target").asText();
  }

  private static String state(JsonNode act) {
    return act.path("on").asBoolean() ? "on" : "off";
  }
}
