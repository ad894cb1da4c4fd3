package io.smollama.agent;

import java.time.Instant;
import java.util.Optional;

/**
 * A trigger in the inbox. Immutable.
 *
 * @param number its number, later ones higher
 * @param trigger what came, the newest text of its key
 * @param count how many of the same key it stands for
 * @param first when the first of them came
 * @param last when the newest came
 * @param state what became of it
 * @param attempts how often a model has begun to answer
 * @param outcome what was answered, or why not; empty as long as nothing is known
 */
public record InboxEntry(
    long number,
    Trigger trigger,
    int count,
    Instant first,
    Instant last,
    State state,
    int attempts,
    Optional<String> outcome) {

  /** What became of a trigger. */
  public enum State {
    /** It waits for a model. */
    WAITING,
    /** A model is at it. */
    RUNNING,
    /** It was answered. */
    DONE,
    /** It was tried several times in vain. */
    GIVEN_UP,
    /** Nobody needed an answer any more. */
    EXPIRED
  }
}
