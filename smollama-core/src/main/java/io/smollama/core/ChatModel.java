package io.smollama.core;

import java.util.Optional;

/**
 * A language model that answers a conversation.
 *
 * <p>Implementations keep the bounds of the request, end what they started when the deadline
 * passes, and throw {@link ChatException} for everything else than an answer. A model may come and
 * go while the node runs: each call finds out anew.
 *
 * <p>Callers may rely on {@link #available} answering within seconds and never throwing.
 * Thread-safe.
 */
public interface ChatModel extends AutoCloseable {

  /** The model that would answer now, with its tag; empty if none can. */
  Optional<String> available();

  /** Asks and waits for the whole answer. */
  ChatReply chat(ChatRequest request);

  /** Ends what is under way. Calling it again does nothing. */
  @Override
  default void close() {}
}
