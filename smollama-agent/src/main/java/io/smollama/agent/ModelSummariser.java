package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatRequest;
import io.smollama.memory.ObservationSummariser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets a language model put the sum of old observations into a sentence, and keeps of it what the
 * sum bears out. Without a model there are no words. Thread-safe.
 */
public final class ModelSummariser implements ObservationSummariser {
  private static final int MAX_TOKENS = 96;
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final ChatModel model;

  public ModelSummariser(ChatModel model) {
    this.model = model;
  }

  @Override
  public Optional<String> summarise(String digest) {
    if (model.available().isEmpty()) {
      return Optional.empty();
    }
    ChatRequest request =
        new ChatRequest(
            List.of(
                ChatMessage.system(
                    "Say in one short sentence what happened, using only the notes."),
                ChatMessage.user(
                    "Notes: 2 Mar 2026 to 5 Mar 2026, 9 observations: 9 × Cellar humidity 71–84 % is"
                        + " unusually high"),
                ChatMessage.assistant(
                    "Cellar humidity was unusually high 9 times, between 71 and 84 %."),
                ChatMessage.user("Notes: " + digest)),
            MAX_TOKENS,
            DEADLINE);
    try {
      return GroundedWords.of(model.chat(request).text(), digest, "");
    } catch (ChatException e) {
      return Optional.empty();
    }
  }
}
