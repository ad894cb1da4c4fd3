package io.smollama.cli;

/** Something that the user can mend; its message is one line that says what is wrong and how. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
