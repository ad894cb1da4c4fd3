package io.smollama.core;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A language model that answers a conversation.
 *
 * <p>Implementations keep the bounds of the request, end what they started when the deadline
 * passes, and throw {@link ChatException} for everything else than an answer. A model may come and
 * go while the node runs: each call finds out anew. Once closed they refuse to chat with {@link
 * IllegalStateException}.
 *
 * <p>Callers may rely on {@link #capabilities} and {@link #available} answering within seconds and
 * never throwing. A call ends early, and with it the work of the model, when the calling thread is
 * interrupted (its flag stays set), when the listener throws (what it threw is passed on), or when
 * the model is closed. Thread-safe.
 */
public interface ChatModel extends AutoCloseable {

  /** The model that would answer now and what it can do; empty if none can answer. */
  Optional<ChatCapabilities> capabilities();

  /** The name of the model that would answer now, with its tag; empty if none can. */
  default Optional<String> available() {
    return capabilities().map(ChatCapabilities::model);
  }

  /**
   * Asks, hands on the text as it comes, and waits for the whole answer.
   *
   * @param listener hears pieces of the text on the calling thread. They are for a person who
   *     waits: what counts is the text of the reply, which leaves out thoughts and blanks at both
   *     ends
   */
  ChatReply chat(ChatRequest request, Consumer<String> listener);

  /** Asks and waits for the whole answer. */
  default ChatReply chat(ChatRequest request) {
    return chat(request, piece -> {});
  }

  /** Ends what is under way. Calling it again does nothing. */
  @Override
  default void close() {}
}
