package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ReadingValue;
import io.smollama.dashboard.TimeLength;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code smollama gpio}: the pins, and what is on. */
@Command(
    name = "gpio",
    description = {
      "Show the outputs and what is on. 'gpio set' switches one, within its limits.",
      "Limits stand in the configuration (docs/outputs.md)."
    },
    subcommands = GpioSetCommand.class)
final class GpioCommand extends NodeCommand {
  @Override
  JsonNode ask(NodeClient node) {
    return node.get("/api/outputs", Map.of());
  }

  @Override
  JsonNode ask(Parts parts) {
    throw new UserError("No node runs, so nothing is switched on; 'smollama run' starts it");
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    if (answer.path("outputs").isEmpty()) {
      terminal.line("No output is configured (gpio.pins with mode: output)");
    }
    for (JsonNode output : answer.path("outputs")) {
      String hazard = output.path("hazard").asText();
      terminal.line(
          "%-10s %-3s  %s%s%s%s"
              .formatted(
                  output.path("target").asText(),
                  output.has("fault")
                      ? "?"
                      : new ReadingValue.Flag(output.path("on").asBoolean()).text(),
                  output.path("name").asText(),
                  output.has("off_in") ? ", off in " + seconds(output.path("off_in").asLong()) : "",
                  hazard.equals("hazardous") ? ", hazardous" : "",
                  answer.path("simulated").asBoolean()
                      ? " (simulated)"
                      : output.has("fault") ? "  " + output.path("fault").asText() : ""));
    }
  }

  private static String seconds(long seconds) {
    return TimeLength.words(Duration.ofSeconds(seconds));
  }
}
