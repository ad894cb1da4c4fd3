package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama remember}: a fact that stays. */
@Command(
    name = "remember",
    description = {
      "Remember a fact; one that is known already is confirmed.",
      "One that says in the same English words another number, weekday, month,",
      "one of two opposites or a 'not' replaces the older, which is kept as past.",
      "Other words replace nothing: name the older fact with --replaces, or use",
      "'memory edit' or 'memory retract' ('memory list' shows the ids)."
    })
final class RememberCommand extends NodeCommand {
  @Parameters(arity = "1..*", paramLabel = "FACT", description = "The fact, in plain words.")
  private List<String> fact;

  @Option(
      names = "--confidence",
      paramLabel = "0..1",
      defaultValue = "0.8",
      description = "How sure you are. Default: ${DEFAULT-VALUE}.")
  private double confidence;

  @Option(
      names = "--replaces",
      paramLabel = "ID",
      description = "The fact that it takes the place of; 6 digits of its id are enough.")
  private @Nullable String replaces;

  @Option(names = "--tag", paramLabel = "WORD", description = "A tag; may be repeated.")
  private List<String> tags = List.of();

  @Option(
      names = "--valid-from",
      paramLabel = "TIME",
      description = "Since when it is true: 2026-03-01 or 2026-03-01T12:00:00Z.")
  private @Nullable String validFrom;

  @Option(names = "--valid-until", paramLabel = "TIME", description = "When it ends to be true.")
  private @Nullable String validUntil;

  private String words() {
    return String.join(" ", fact);
  }

  private ObjectNode request() {
    ObjectNode request = object().put("fact", words()).put("confidence", confidence);
    Optional.ofNullable(replaces).ifPresent(id -> request.put("replaces", id));
    tags.forEach(request.putArray("tags")::add);
    put(request, "valid_from", "--valid-from", validFrom);
    put(request, "valid_to", "--valid-until", validUntil);
    return request;
  }

  private void put(ObjectNode request, String key, String option, @Nullable String time) {
    if (time != null) {
      request.put(key, PersonsTime.parse(option, time).toString());
    }
  }

  @Override
  void check() {
    if (words().isBlank()) {
      throw wrongUsage("A fact needs at least one word");
    } else if (words().indexOf('\uFFFD') >= 0) {
      throw wrongUsage(
          "A character of the fact is no UTF-8 (the %dth, shown as \uFFFD); type it again in UTF-8"
              .formatted(words().indexOf('\uFFFD') + 1));
    } else if (!(confidence >= 0 && confidence <= 1)) {
      throw wrongUsage("--confidence is 0 to 1, was " + confidence);
    }
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/memories", request());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.knowledgeDesk().remember(request());
  }

  private static String fact(JsonNode answer) {
    return MemoryLines.oneLine(answer.path("fact").asText());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    if (answer.path("status").asText().equals("confirmed")) {
      terminal.line(
          "Known already, now said %d times: %s"
              .formatted(answer.path("times_confirmed").asInt(), fact(answer)));
    } else {
      terminal.line("Remembered: " + fact(answer));
    }
    if (answer.path("restored").asBoolean()) {
      terminal.line("It was retracted and counts again.");
    }
    if (!answer.path("true_now").asBoolean(true)) {
      terminal.line(
          "Not true now (%s): recall and lists leave it out at other times"
              .formatted(String.join(", ", MemoryLines.validity(answer))));
    }
    for (JsonNode old : answer.path("replaced")) {
      terminal.line(
          "No longer true: %s  (%s)"
              .formatted(
                  MemoryLines.oneLine(old.path("text").asText()),
                  MemoryLines.shortId(old.path("id").asText())));
    }
  }
}
