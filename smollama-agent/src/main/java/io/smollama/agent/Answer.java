package io.smollama.agent;

import io.smollama.memory.RecallHit;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a question. Immutable.
 *
 * @param question what was asked
 * @param text the whole answer for a person, sources with value, unit and age included
 * @param sources what it rests on, nearest to the question first
 * @param memories observations and facts near the question, best first
 * @param model the model that put it into words; empty if the list is the answer
 * @param time the time that is past and that it is about; empty if it is about now
 */
public record Answer(
    String question,
    String text,
    List<GroundedReading> sources,
    List<RecallHit> memories,
    Optional<String> model,
    Optional<AskedTime> time) {

  public Answer {
    sources = List.copyOf(sources);
    memories = List.copyOf(memories);
  }
}
