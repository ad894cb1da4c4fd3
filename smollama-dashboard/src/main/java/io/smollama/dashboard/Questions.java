package io.smollama.dashboard;

import io.smollama.agent.Answer;
import io.smollama.agent.Ask;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Passes questions on, few at a time: a model on a small machine takes a minute for each, and the
 * other threads are for those who only look. Thread-safe.
 */
final class Questions {
  private static final int AT_A_TIME = 2;

  private final Ask ask;
  private final Semaphore places = new Semaphore(AT_A_TIME);

  Questions(Ask ask) {
    this.ask = ask;
  }

  Answer ask(String question) {
    if (question.length() > Request.MAX_WORDS) {
      throw Refusal.badRequest(
          "A question has at most %d characters, had %d.", Request.MAX_WORDS, question.length());
    }
    if (!places.tryAcquire()) {
      throw new Refusal(
          503,
          "The node is answering %d other questions. Ask again in a moment.".formatted(AT_A_TIME),
          Map.of("Retry-After", "10"));
    }
    try {
      return ask.ask(question);
    } finally {
      places.release();
    }
  }
}
