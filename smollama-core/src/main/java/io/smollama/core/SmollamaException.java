package io.smollama.core;

import org.jspecify.annotations.Nullable;

/**
 * The world failed: a sensor, a file, a model or a peer did not do its part. It names its culprit
 * and says whether trying again can help. Each port has one subclass. Immutable.
 */
public abstract class SmollamaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String culprit;
  private final boolean retryable;

  protected SmollamaException(
      String culprit, String message, boolean retryable, @Nullable Throwable cause) {
    super(culprit + ": " + message, cause);
    this.culprit = culprit;
    this.retryable = retryable;
  }

  protected SmollamaException(String culprit, String message, boolean retryable) {
    this(culprit, message, retryable, null);
  }

  /** What failed: a source id, a file, a model, an address. */
  public final String culprit() {
    return culprit;
  }

  /** Whether the same call can succeed later without anybody mending anything. */
  public final boolean isRetryable() {
    return retryable;
  }
}
