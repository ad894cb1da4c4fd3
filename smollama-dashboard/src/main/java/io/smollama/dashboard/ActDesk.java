package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.GpioPin;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.PinMode;
import io.smollama.readings.SimulatedGpio;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a person switches outputs and sees who did: JSON in, JSON out, the same over HTTP and for
 * commands that open the memory themselves. What is asked wrongly is an {@link
 * IllegalArgumentException} with a sentence; what the limits refuse is an answer. Thread-safe.
 */
public final class ActDesk {
  private static final String GPIO = GpioReadings.TYPE;

  private final Optional<ActuatorEnvelope> envelope;
  private final GpioReadings pins;
  private final AuditTrail audit;

  /**
   * A desk.
   *
   * @param envelope of a running node; without it nothing is switched
   * @param pins those in use; inputs of simulated ones a person may set
   */
  public ActDesk(Optional<ActuatorEnvelope> envelope, GpioReadings pins, AuditTrail audit) {
    this.envelope = envelope;
    this.pins = pins;
    this.audit = audit;
  }

  /** The outputs as they are: {@code target}, {@code name}, {@code on}, {@code off_in}, … */
  public ObjectNode outputs() {
    ObjectNode form = object().put("simulated", pins.simulated().isPresent());
    ArrayNode list = form.putArray("outputs");
    for (ActuatorEnvelope.State state : running().outputs()) {
      ObjectNode one =
          list.addObject()
              .put("target", state.target().toString())
              .put("name", state.name())
              .put("on", state.on())
              .put("hazard", word(state.rules().hazard()));
      state.offIn().ifPresent(left -> one.put("off_in", (left.toMillis() + 999) / 1000));
      if (!state.fault().isEmpty()) {
        one.put("fault", state.fault());
      }
    }
    return form;
  }

  private ActuatorEnvelope running() {
    return envelope.orElseThrow(
        () ->
            new IllegalArgumentException(
                "Outputs are switched by a running node; 'smollama run' starts it"));
  }

  /**
   * Switches an output.
   *
   * @param request {@code target} ({@code gpio:18}, {@code 18} or its name), {@code on}, and maybe
   *     {@code for} ({@code 10m}), {@code reason}, {@code confirmed}, {@code via}
   */
  public ObjectNode act(JsonNode request) {
    if (!request.path("on").isBoolean()) {
      throw new IllegalArgumentException("'on' is true or false");
    }
    Caller caller = Caller.person(request.path("via").asText("web"));
    SourceId target = target(request.path("target").asText());
    Act act =
        Act.of(target, request.path("on").asBoolean(), caller, request.path("reason").asText());
    String time = request.path("for").asText();
    if (!time.isEmpty()) {
      act = act.within(time(time));
    }
    return form(running().act(request.path("confirmed").asBoolean() ? act.asMeant() : act));
  }

  private static Duration time(String text) {
    return TimeLength.parse(text)
        .filter(length -> !length.isZero())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'for' is a time such as 30s or 10m, was '%s'".formatted(text)));
  }

  /** By number, name or whole id; what is none of these is an output that there is not. */
  private SourceId target(String text) {
    String name = text.replaceFirst("^" + GPIO + ":", "");
    Optional<Integer> named = pin(name).map(GpioPin::pin);
    if (named.isPresent() || !text.contains(":")) {
      return new SourceId(GPIO, named.map(String::valueOf).orElse(name));
    }
    return SourceId.parse(text);
  }

  private Optional<GpioPin> pin(String wanted) {
    return pins.pins().stream()
        .filter(pin -> pin.name().equalsIgnoreCase(wanted) || wanted.equals("" + pin.pin()))
        .findFirst();
  }

  /**
   * Sets an input of the simulated board, as the world would.
   *
   * @param request {@code pin} (its number or name), and {@code high} or {@code on}
   */
  public ObjectNode simulate(JsonNode request) {
    SimulatedGpio simulated =
        pins.simulated()
            .orElseThrow(() -> new IllegalArgumentException("The pins are real, not simulated"));
    String wanted = request.path("pin").asText().replaceFirst("^" + GPIO + ":", "");
    GpioPin pin =
        pin(wanted)
            .orElseThrow(
                () -> new IllegalArgumentException("There is no pin '%s'".formatted(wanted)));
    if (pin.mode() != PinMode.INPUT) {
      throw new IllegalArgumentException(
          "Pin %d (%s) is an output, which an act switches".formatted(pin.pin(), pin.name()));
    }
    JsonNode on = request.path("on");
    JsonNode high = on.isBoolean() ? on : request.path("high");
    if (!high.isBoolean()) {
      throw new IllegalArgumentException("'high' is true or false");
    }
    simulated.set(pin.pin(), high.asBoolean() != (on.isBoolean() && pin.activeLow()));
    return object()
        .put("target", GPIO + ":" + pin.pin())
        .put("name", pin.name())
        .put("high", simulated.isHigh(pin.pin()))
        .put("on", simulated.isHigh(pin.pin()) != pin.activeLow());
  }

  /** What was done last, newest first, of one output or of all. */
  public ObjectNode acts(Optional<String> target, int limit) {
    ObjectNode form = object();
    ArrayNode list = form.putArray("acts");
    Optional<SourceId> of = target.map(this::target);
    List<ActRecord> records = audit.latest(of, limit);
    records.forEach(record -> list.add(form(record)));
    of.ifPresent(id -> form.put("target", id.toString()));
    return form;
  }

  private static ObjectNode form(ActRecord record) {
    Act act = record.act();
    ObjectNode form =
        object()
            .put("time", record.time().toString())
            .put("target", act.target().toString())
            .put("on", act.on())
            .put("caller", word(act.caller().kind()))
            .put("caller_name", act.caller().name())
            .put("reason", act.reason())
            .put("verdict", word(record.verdict()))
            .put("success", record.isSuccess())
            .put("says", record.says());
    record.readBack().ifPresent(on -> form.put("read_back", on));
    return form;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
