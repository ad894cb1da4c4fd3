package io.smollama.testkit;

import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A model that answers what a test has written for it, in order, and remembers what it was asked.
 * When the script is at its end it is away. Thread-safe.
 */
public final class ScriptedChatModel implements ChatModel {
  private static final String NAME = "scripted:1";

  private final Deque<String> script;
  private final List<ChatRequest> asked = new ArrayList<>();

  public ScriptedChatModel(String... answers) {
    this.script = new ArrayDeque<>(List.of(answers));
  }

  /** What it was asked so far, oldest first. */
  public synchronized List<ChatRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized Optional<String> available() {
    return script.isEmpty() ? Optional.empty() : Optional.of(NAME);
  }

  @Override
  public synchronized ChatReply chat(ChatRequest request) {
    asked.add(request);
    String answer = script.poll();
    if (answer == null) {
      throw new ChatException(NAME, "the script is at its end", false);
    }
    String[] words = answer.split("(?<= )");
    int kept = Math.min(words.length, request.maxTokens());
    return new ChatReply(
        String.join("", List.of(words).subList(0, kept)), NAME, kept == words.length);
  }
}
