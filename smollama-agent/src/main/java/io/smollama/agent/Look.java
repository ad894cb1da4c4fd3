package io.smollama.agent;

import io.smollama.memory.Memory;
import io.smollama.memory.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one look of a model at the readings. Immutable.
 *
 * @param outcome how it ended
 * @param observations what was noted
 * @param facts what was remembered, or confirmed
 * @param refused how many of the things that the model wrote were not kept, and why
 * @param model the model that looked; empty if none did
 * @param took how long it took
 * @param says the reason where nothing could be done; empty otherwise
 */
public record Look(
    Outcome outcome,
    List<Observation> observations,
    List<Memory> facts,
    Map<Refusal, Integer> refused,
    Optional<String> model,
    Duration took,
    String says) {

  /** How a look ended. */
  public enum Outcome {
    /** Something is kept. */
    NOTED,
    /** Nothing is worth keeping. */
    NOTHING,
    /** There were no readings to look at. */
    NO_READINGS,
    /** No model is at hand. */
    AWAY,
    /** The model or the memory failed. */
    FAILED,
    /** Another look is under way. */
    BUSY
  }

  /** Why something that a model wrote is not kept. */
  public enum Refusal {
    /** It has no words, or the wrong form. */
    UNREADABLE,
    /** It states a number or a state that the model was not told. */
    MADE_UP,
    /** It is about a source that was not offered. */
    UNKNOWN_SOURCE,
    /** It was noted a short time ago, or is what the model was told. */
    REPEATED,
    /** The readings do not bear out what it claims. */
    NOT_BORNE_OUT,
    /** There were enough already. */
    TOO_MANY
  }

  public Look {
    observations = List.copyOf(observations);
    facts = List.copyOf(facts);
    refused = Map.copyOf(refused);
  }

  static Look without(Outcome outcome, String why, Duration took) {
    return new Look(outcome, List.of(), List.of(), Map.of(), Optional.empty(), took, why);
  }
}
