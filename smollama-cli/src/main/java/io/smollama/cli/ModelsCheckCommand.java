package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama models check}: tries a model the way the node uses it. */
@Command(
    name = "check",
    description = {
      "Try a model as the node uses it, and say what to do about each trouble.",
      "Whether its server answers, how long it takes to begin, how fast it speaks, how it calls tools.",
      "Takes up to minutes on a small machine. Ends with 1 if the model cannot be used."
    })
final class ModelsCheckCommand extends ModelCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The model. Default: the one that the node talks with.")
  private @Nullable String name;

  @Override
  JsonNode result(NodeConfig config) {
    return new ModelDiagnosis(config, Optional.ofNullable(name), System::nanoTime).result();
  }

  @Override
  boolean isWell(JsonNode result) {
    return result.path("usable").asBoolean();
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    String version = result.path("version").asText();
    terminal.line(
        "server      %s%s"
            .formatted(
                result.path("address").asText(),
                result.path("reachable").asBoolean()
                    ? version.isEmpty() ? ", answers" : ", version " + version
                    : ", does not answer"));
    if (result.hasNonNull("model")) {
      terminal.line("model       " + result.path("model").asText());
    }
    if (result.has("answer")) {
      terminal.line("answer      " + MemoryLines.oneLine(result.path("answer").asText()));
      terminal.line(
          "first word  after %s s%s"
              .formatted(number(result.path("first_word_seconds")), loading(result)));
      if (result.has("tokens_per_second")) {
        terminal.line(
            "speed       %s tokens/s".formatted(number(result.path("tokens_per_second"))));
      }
      terminal.line(
          "tools       %s: %s"
              .formatted(
                  result.path("calls").asText().equals("native")
                      ? "it calls them by itself"
                      : "it chooses by a grammar",
                  result.path("calls_because").asText()));
    }
    for (JsonNode trouble : result.path("troubles")) {
      terminal.line(
          "! %s. %s".formatted(trouble.path("says").asText(), trouble.path("fix").asText()));
    }
    terminal.line(isWell(result) ? "It can be used." : "It CANNOT be used.");
  }

  private static String loading(JsonNode result) {
    JsonNode before = result.path("loaded_before");
    return before.isMissingNode()
        ? ""
        : before.asBoolean() ? ", the model was in memory" : ", loading the model included";
  }

  private static String number(JsonNode number) {
    return String.format(Locale.ROOT, number.asDouble() < 10 ? "%.2f" : "%.1f", number.asDouble());
  }
}
