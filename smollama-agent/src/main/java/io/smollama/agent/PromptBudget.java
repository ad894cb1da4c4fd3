package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatReply;
import io.smollama.core.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a model is told within its context, where a server would forget the beginning or
 * refuse all of it: what was said long ago goes first, then results are shortened, oldest first.
 * Instructions and the question stay. How many characters a token has is guessed low at first and
 * learnt from what the server counts. One thread at a time.
 */
final class PromptBudget {
  private static final Logger LOG = LoggerFactory.getLogger(PromptBudget.class);

  private static final double FIRST_GUESS = 3;
  private static final double LEAST = 1.5;
  private static final double MOST = 5;

  /** What a model's template puts around a message. */
  private static final int AROUND_A_MESSAGE = 8;

  /** No text has so many characters for each token: fewer tokens than that were not read at all. */
  private static final double NEVER = 15;

  private static final int SHORT_RESULT = 160;

  private final OptionalInt contextTokens;
  private final int question;
  private double charactersPerToken = FIRST_GUESS;

  /**
   * A budget.
   *
   * @param contextTokens of the prompt and the answer together; empty if nobody knows, and then
   *     nothing is left out
   * @param question where the question stands in the messages
   */
  PromptBudget(OptionalInt contextTokens, int question) {
    this.contextTokens = contextTokens;
    this.question = question;
  }

  /**
   * As much of the messages as fits.
   *
   * @throws ChatException if not even the instructions and the question do
   */
  List<ChatMessage> fit(List<ChatMessage> messages, List<ToolSpec> tools, int answerTokens) {
    if (contextTokens.isEmpty()) {
      return messages;
    }
    int room = contextTokens.getAsInt() - answerTokens;
    List<ChatMessage> kept = new ArrayList<>(messages);
    int asked = question;
    for (int oldest = 0; oldest < asked && cost(kept, tools) > room; ) {
      if (kept.get(oldest).role() == ChatMessage.Role.SYSTEM) {
        oldest++;
      } else {
        kept.remove(oldest);
        asked--;
      }
    }
    for (int at = asked + 1; at < kept.size() && cost(kept, tools) > room; at++) {
      kept.set(at, shortened(kept.get(at)));
    }
    int cost = cost(kept, tools);
    if (cost > room) {
      throw new ChatException(
          "The model",
          "has a context of %,d tokens, too small for a question of about %,d and an answer of %,d; raise num_ctx, or ask in fewer words"
              .formatted(contextTokens.getAsInt(), cost, answerTokens),
          false);
    }
    return kept;
  }

  /** Compares with what the server says that it has read. */
  void learn(List<ChatMessage> messages, List<ToolSpec> tools, ChatReply reply) {
    reply
        .promptTokens()
        .ifPresent(
            read -> {
              double real = (double) characters(messages, tools) / Math.max(1, read);
              if (real > NEVER) {
                LOG.warn(
                    "{} read only {} tokens of {} characters: its server has cut the question; give it more context",
                    reply.model(),
                    read,
                    characters(messages, tools));
              } else {
                charactersPerToken = Math.max(LEAST, Math.min(MOST, real));
              }
            });
  }

  private int cost(List<ChatMessage> messages, List<ToolSpec> tools) {
    return (int) Math.ceil(characters(messages, tools) / charactersPerToken)
        + AROUND_A_MESSAGE * messages.size();
  }

  private static int characters(List<ChatMessage> messages, List<ToolSpec> tools) {
    int all = 0;
    for (ChatMessage message : messages) {
      all += message.content().length();
      all +=
          message.toolCalls().stream()
              .mapToInt(call -> call.name().length() + call.arguments().length())
              .sum();
    }
    for (ToolSpec tool : tools) {
      all += tool.name().length() + tool.description().length() + tool.parameters().length();
    }
    return all;
  }

  private static ChatMessage shortened(ChatMessage message) {
    if (message.content().length() <= SHORT_RESULT) {
      return message;
    }
    String content = message.content().substring(0, SHORT_RESULT) + "…";
    return new ChatMessage(message.role(), content, message.toolCalls(), message.answers());
  }
}
