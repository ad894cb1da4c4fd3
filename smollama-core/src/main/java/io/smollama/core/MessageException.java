package io.smollama.core;

/** A message could not be taken, and why. Immutable. */
public final class MessageException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  public MessageException(String culprit, String message, boolean retryable, Throwable cause) {
    super(culprit, message, retryable, cause);
  }

  public MessageException(String culprit, String message, boolean retryable) {
    super(culprit, message, retryable);
  }
}
