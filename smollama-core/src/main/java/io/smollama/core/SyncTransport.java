package io.smollama.core;

/**
 * Brings a message to one peer and its answer back: over HTTP, a radio, a cable.
 *
 * <p>Messages are bytes, whose meaning is the business of the two ends; a transport packs and
 * unpacks them as it likes. Implementations deliver a message whole or not at all and give back the
 * answer to it, byte by byte; end a call within bounded time; and throw {@link SyncException} with
 * the right {@link SyncException.Fault} for everything else than an answer.
 *
 * <p>Callers may rely on a failed call being harmless to repeat, and not on the peer having seen
 * nothing of it. A message, and an answer, is at most 1 MiB. Thread-safe.
 */
public interface SyncTransport extends AutoCloseable {
  /** What is asked; a message may say more besides. */
  enum Call {
    /** The message only introduces the asker. */
    HELLO,
    /** The message brings entries. */
    PUSH,
    /** The message asks for entries. */
    PULL
  }

  /** Whom it leads to, for people: an address. Never with credentials. */
  String peer();

  /**
   * Asks and waits for the answer.
   *
   * @throws SyncException if there is none
   */
  byte[] ask(Call call, byte[] message);

  /** Ends what is under way, from any thread, and whatever comes. Calling it again does nothing. */
  @Override
  void close();
}
