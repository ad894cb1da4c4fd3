package io.smollama.memory;

/** Packed bytes are not what was written. Immutable. */
final class DamagedBlobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedBlobException(String message) {
    super(message);
  }
}
