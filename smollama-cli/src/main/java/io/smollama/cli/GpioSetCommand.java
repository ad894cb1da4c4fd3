package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama gpio set}: switches an output, or an input of the simulated board. */
@Command(
    name = "set",
    description = {
      "Switch an output of the running node, within its limits.",
      "What became of it is read back and kept ('smollama why'). Ends with 1 if the output is not as",
      "asked for."
    })
final class GpioSetCommand extends NodeCommand {
  @Parameters(
      index = "0",
      paramLabel = "PIN",
      description = "Its number, gpio:NUMBER, or its name.")
  private String pin = "";

  @Parameters(index = "1", paramLabel = "on|off", description = "Or high and low, true and false.")
  private String state = "";

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "On for so long at most: 30s, 10m; it goes off by itself.")
  private @Nullable String time;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the act.")
  private String reason = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask before something hazardous.")
  private boolean sure;

  @Option(
      names = "--simulated",
      description = "Set an input of the simulated board, as the world would.")
  private boolean simulated;

  @Override
  void check() {
    if (!state.matches("(?i)on|off|high|low|true|false")) {
      throw wrongUsage("A pin is switched on or off, not '%s'".formatted(state));
    }
    if (simulated && (time != null || !reason.isEmpty() || sure)) {
      throw wrongUsage("--simulated sets an input; --for, --reason and --yes are of outputs");
    }
  }

  private boolean on() {
    return state.matches("(?i)on|high|true");
  }

  @Override
  JsonNode ask(NodeClient node) {
    if (simulated) {
      return node.post(
          "/api/pins",
          object().put("pin", pin).put(state.matches("(?i)high|low") ? "high" : "on", on()));
    }
    boolean hazardous = on() && isHazardous(node.get("/api/outputs", Map.of()));
    if (hazardous && !sure) {
      Confirmation.require(spec, program().terminal(), "%s is hazardous.".formatted(pin));
    }
    ObjectNode act =
        object().put("target", pin).put("on", on()).put("reason", reason).put("via", "cli");
    if (time != null) {
      act.put("for", time);
    }
    return node.post("/api/acts", hazardous ? act.put("confirmed", true) : act);
  }

  private boolean isHazardous(JsonNode outputs) {
    for (JsonNode output : outputs.path("outputs")) {
      String target = output.path("target").asText();
      if ((target.equals(pin)
              || target.equals("gpio:" + pin)
              || output.path("name").asText().equalsIgnoreCase(pin))
          && output.path("hazard").asText().equals("hazardous")) {
        return true;
      }
    }
    return false;
  }

  @Override
  JsonNode ask(Parts parts) {
    throw new UserError("No node runs that could switch a pin; 'smollama run' starts it");
  }

  @Override
  boolean isWell(JsonNode answer) {
    return simulated || answer.path("success").asBoolean();
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    if (simulated) {
      terminal.line(
          "%s is %s (simulated)"
              .formatted(
                  answer.path("name").asText(), answer.path("on").asBoolean() ? "on" : "off"));
    } else {
      String verdict = answer.path("verdict").asText();
      String what =
          switch (verdict) {
            case "refused" -> "Refused: ";
            case "failed" -> "Failed: ";
            default -> "";
          };
      terminal.line(what + answer.path("says").asText());
    }
  }
}
