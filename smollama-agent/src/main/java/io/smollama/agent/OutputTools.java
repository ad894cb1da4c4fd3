package io.smollama.agent;

import io.smollama.core.Act;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import io.smollama.readings.ActuatorEnvelope;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Switching outputs, for models; within the limits of each. Thread-safe. */
final class OutputTools {
  private static final double LONGEST_MINUTES = 60 * 24 * 366;

  private final ActuatorEnvelope envelope;

  private OutputTools(ActuatorEnvelope envelope) {
    this.envelope = envelope;
  }

  static List<Tool> of(ActuatorEnvelope envelope) {
    OutputTools tools = new OutputTools(envelope);
    return List.of(
        WorkTool.of(
            "list_gpio", "The outputs that can be switched, and how they are.", tools::list),
        WorkTool.acting(
            "write_gpio",
            "Switches an output on or off.",
            tools::write,
            "pin:string:its number or name",
            "value:boolean:true for on",
            "minutes?:number:on for so long at most",
            "reason?:string:why"));
  }

  private ToolResult list(ToolArguments arguments, Tool.Asker asker) {
    String text =
        envelope.outputs().stream()
            .map(output -> "%s %s %s".formatted(output.target(), output.name(), words(output)))
            .collect(Collectors.joining("\n"));
    return ToolResult.of(text.isEmpty() ? "there are no outputs" : text);
  }

  private static String words(ActuatorEnvelope.State output) {
    return output.fault().isEmpty() ? "is " + (output.on() ? "on" : "off") : "does not work";
  }

  private ToolResult write(ToolArguments arguments, Tool.Asker asker) {
    Act act =
        Act.of(
            target(arguments.text("pin").strip()),
            arguments.flag("value"),
            Caller.model(asker.model()),
            arguments.text("reason", ""));
    double minutes = arguments.number("minutes", 0);
    boolean leased = minutes > 0 && minutes < LONGEST_MINUTES;
    return ToolResult.of(
        envelope.act(leased ? act.within(Duration.ofMillis((long) (minutes * 60_000))) : act));
  }

  private SourceId target(String pin) {
    return envelope.outputs().stream()
        .filter(
            output ->
                output.name().equalsIgnoreCase(pin)
                    || output.target().toString().equals(pin)
                    || output.target().id().equals(pin))
        .map(ActuatorEnvelope.State::target)
        .findFirst()
        .orElseGet(() -> new SourceId("gpio", pin.isEmpty() ? "?" : pin));
  }
}
