package io.smollama.core;

/** The journal could not be read or written. Immutable. */
public final class JournalException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  public JournalException(String culprit, String message, boolean retryable, Throwable cause) {
    super(culprit, message, retryable, cause);
  }

  public JournalException(String culprit, String message, boolean retryable) {
    super(culprit, message, retryable);
  }
}
