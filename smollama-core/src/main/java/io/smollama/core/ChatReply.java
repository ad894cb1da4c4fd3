package io.smollama.core;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a model answered. Immutable.
 *
 * @param text its words; may be empty, and is so most times when it calls tools
 * @param thoughts what it thought before, as far as it was told; empty if nothing
 * @param toolCalls the tools that it wishes to be called
 * @param ending why it ended
 * @param model the model that spoke, with its tag
 * @param promptTokens how many tokens it read, as the server counts them; empty if it did not say
 * @param answerTokens how many tokens it wrote, thoughts included; empty if it did not say
 */
public record ChatReply(
    String text,
    String thoughts,
    List<ToolCall> toolCalls,
    Ending ending,
    String model,
    OptionalInt promptTokens,
    OptionalInt answerTokens) {
  /** Why an answer ended. */
  public enum Ending {
    /** The model had said all. */
    DONE,
    /** The bound on its tokens, or the end of its context, cut it. */
    TOKENS,
    /** It was longer than so many tokens can be, and was cut. */
    SIZE
  }

  public ChatReply {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(thoughts, "thoughts");
    toolCalls = List.copyOf(toolCalls);
    Objects.requireNonNull(ending, "ending");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(promptTokens, "promptTokens");
    Objects.requireNonNull(answerTokens, "answerTokens");
  }

  /** Words alone, of unknown cost. */
  public static ChatReply of(String text, String model) {
    return new ChatReply(
        text, "", List.of(), Ending.DONE, model, OptionalInt.empty(), OptionalInt.empty());
  }

  /** False if the answer was cut by a bound on its length. */
  public boolean complete() {
    return ending == Ending.DONE;
  }

  /** The reply as a message of the conversation that goes on. */
  public ChatMessage message() {
    return ChatMessage.assistant(text, toolCalls);
  }
}
