package io.smollama.core;

/** A source exists but could not be read. Immutable. */
public final class ReadingException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  public ReadingException(String culprit, String message, boolean retryable, Throwable cause) {
    super(culprit, message, retryable, cause);
  }

  public ReadingException(String culprit, String message, boolean retryable) {
    super(culprit, message, retryable);
  }
}
