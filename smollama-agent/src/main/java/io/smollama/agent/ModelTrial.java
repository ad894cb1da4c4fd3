package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What came of trying a chat model: a short question, and how it is brought to call tools. A
 * failure to answer is a {@link ChatException}. Immutable.
 *
 * @param model the model, with its tag
 * @param answer what it said; empty if nothing
 * @param firstWord from the question to the first piece of the answer, loading the model included
 * @param whole from the question to the end of the answer
 * @param tokens how many it wrote; empty if the server does not count
 * @param calls how it is brought to call tools
 * @param why what that was concluded from
 */
public record ModelTrial(
    String model,
    String answer,
    Duration firstWord,
    Duration whole,
    OptionalInt tokens,
    CallMode calls,
    String why) {
  private static final List<ChatMessage> QUESTION =
      List.of(ChatMessage.user("Count from one to twenty in words."));
  private static final int TOKENS = 48;

  /**
   * Tries a model.
   *
   * @param patience how long the answer may take, loading the model included
   * @param nanos a clock that only goes forward
   * @throws ChatException if it does not answer
   */
  public static ModelTrial of(ChatModel model, Duration patience, LongSupplier nanos) {
    long start = nanos.getAsLong();
    AtomicLong first = new AtomicLong(-1);
    ChatReply reply =
        model.chat(
            new ChatRequest(QUESTION, TOKENS, patience),
            piece -> first.compareAndSet(-1, nanos.getAsLong() - start));
    long whole = nanos.getAsLong() - start;
    CallModes.Found found = new CallModes().find(model);
    return new ModelTrial(
        reply.model(),
        reply.text(),
        Duration.ofNanos(first.get() < 0 ? whole : first.get()),
        Duration.ofNanos(whole),
        reply.answerTokens(),
        found.mode(),
        found.why());
  }

  /**
   * How fast it speaks once it has begun; empty if the server does not count, or it said little.
   */
  public OptionalDouble tokensPerSecond() {
    double seconds = whole.minus(firstWord).toNanos() / 1e9;
    int afterFirst = tokens.orElse(0) - 1;
    return afterFirst > 0 && seconds > 0
        ? OptionalDouble.of(afterFirst / seconds)
        : OptionalDouble.empty();
  }
}
