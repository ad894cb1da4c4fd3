package io.smollama.core;

/** A chat model did not answer. Immutable. */
public final class ChatException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  public ChatException(String culprit, String message, boolean retryable, Throwable cause) {
    super(culprit, message, retryable, cause);
  }

  public ChatException(String culprit, String message, boolean retryable) {
    super(culprit, message, retryable);
  }
}
