package io.smollama.core;

/** A text could not be embedded. Immutable. */
public final class EmbeddingException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  public EmbeddingException(String culprit, String message, boolean retryable, Throwable cause) {
    super(culprit, message, retryable, cause);
  }

  public EmbeddingException(String culprit, String message, boolean retryable) {
    super(culprit, message, retryable);
  }
}
