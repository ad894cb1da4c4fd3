package io.smollama.agent;

import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import io.smollama.memory.RecallHit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model is asked in order to put facts into words. Two worked examples and three bare facts:
 * with a model of 135 million parameters that form stated true values in most tries, while
 * instructions alone, ages or usual ranges made it invent numbers.
 */
final class Wording {
  static final int SOURCES_TOLD = 3;
  private static final int MEMORIES_TOLD = 2;
  private static final int MAX_TOKENS = 64;
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private Wording() {}

  /** The facts that a model is told, in one line. */
  static String facts(List<GroundedReading> sources, List<RecallHit> memories) {
    return Stream.concat(
            sources.stream().limit(SOURCES_TOLD).map(GroundedReading::tell),
            memories.stream().limit(MEMORIES_TOLD).map(RecallHit::text))
        .collect(Collectors.joining("; ", "", "."));
  }

  static ChatRequest request(String facts, String question) {
    return new ChatRequest(
        List.of(
            ChatMessage.system("Answer the question in one short sentence, using only the facts."),
            turn("bedroom humidity is 61 %.", "is the bedroom damp"),
            ChatMessage.assistant("The bedroom humidity is 61 %."),
            turn("garage door is on; hall motion is off.", "is the garage open"),
            ChatMessage.assistant("The garage door is on."),
            turn(facts, question)),
        MAX_TOKENS,
        DEADLINE);
  }

  private static ChatMessage turn(String facts, String question) {
    return ChatMessage.user("Facts: " + facts + "\nQuestion: " + question);
  }
}
