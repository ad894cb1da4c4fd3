package io.smollama.dashboard;

import io.smollama.agent.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as the page shows it.
 *
 * @param question what was asked
 * @param words what is said, line by line
 * @param facts what it rests on: the indented lines of the answer
 * @param model who put it into words; empty if nobody did
 */
record AnswerParts(String question, List<String> words, List<String> facts, String model) {
  static AnswerParts of(Answer answer) {
    List<String> words = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    for (String line : answer.text().split("\n")) {
      if (!line.isBlank()) {
        (line.startsWith("  ") ? facts : words).add(line.strip());
      }
    }
    return new AnswerParts(answer.question(), words, facts, answer.model().orElse(""));
  }
}
