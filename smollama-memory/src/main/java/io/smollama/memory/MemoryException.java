package io.smollama.memory;

import io.smollama.core.SmollamaException;
import org.jspecify.annotations.Nullable;

/** The file of a {@link MemoryStore} could not be read or written; names the file. Immutable. */
public final class MemoryException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  private final boolean damage;

  private MemoryException(
      String file, String message, boolean retryable, @Nullable Throwable cause, boolean damage) {
    super(file, message, retryable, cause);
    this.damage = damage;
  }

  MemoryException(String file, String message, boolean retryable, @Nullable Throwable cause) {
    this(file, message, retryable, cause, false);
  }

  static MemoryException ofDamage(String file, String message, @Nullable Throwable cause) {
    return new MemoryException(file, message, false, cause, true);
  }

  /** Whether its bytes are not those that were written, so that {@link DamagedFile} can help. */
  public boolean isDamage() {
    return damage;
  }
}
