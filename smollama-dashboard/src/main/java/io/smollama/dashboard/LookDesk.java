package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Look;
import io.smollama.agent.Reflection;
import io.smollama.memory.Memory;
import io.smollama.memory.Observation;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Where a person has a model look at the readings: JSON out. Thread-safe. */
public final class LookDesk {
  private static final Set<Look.Outcome> WELL =
      Set.of(Look.Outcome.NOTED, Look.Outcome.NOTHING, Look.Outcome.BUSY);

  private final Reflection reflection;

  /** A desk of what a node thinks about by itself. */
  public LookDesk(Reflection reflection) {
    this.reflection = reflection;
  }

  /** Looks once and tells what was noted; takes as long as the model does, at most some minutes. */
  public ObjectNode look() {
    Look look = reflection.lookNow();
    ObjectNode form =
        JsonNodeFactory.instance
            .objectNode()
            .put("outcome", word(look.outcome()))
            .put("well", WELL.contains(look.outcome()))
            .put("says", look.says())
            .put("model", look.model().orElse(null))
            .put("took_ms", look.took().toMillis());
    ArrayNode observations = form.putArray("observations");
    for (Observation noted : look.observations()) {
      ArrayNode sources =
          observations
              .addObject()
              .put("id", noted.id().toString())
              .put("text", noted.text())
              .put("type", noted.type().word())
              .put("confidence", noted.confidence())
              .put("tainted", noted.tainted())
              .putArray("sources");
      noted.sources().forEach(source -> sources.add(source.toString()));
    }
    ArrayNode facts = form.putArray("facts");
    for (Memory fact : look.facts()) {
      facts
          .addObject()
          .put("id", fact.id().toString())
          .put("text", fact.fact())
          .put("confidence", fact.confidence())
          .put("tainted", fact.tainted())
          .put("ref", fact.ref());
    }
    ObjectNode refused = form.putObject("refused");
    Map<Look.Refusal, Integer> sorted = new TreeMap<>(look.refused());
    sorted.forEach((why, count) -> refused.put(word(why), count));
    return form;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
