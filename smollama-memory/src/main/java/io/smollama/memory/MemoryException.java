package io.smollama.memory;

import io.smollama.core.SmollamaException;
import org.jspecify.annotations.Nullable;

/** The file of a {@link MemoryStore} could not be read or written; names the file. Immutable. */
public final class MemoryException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  MemoryException(String file, String message, boolean retryable, @Nullable Throwable cause) {
    super(file, message, retryable, cause);
  }
}
