package io.smollama.cli;

import org.jspecify.annotations.Nullable;

/** Something that the user can mend; its message is one line that says what is wrong and how. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean usage;

  private UserError(String message, @Nullable Throwable cause, boolean usage) {
    super(message, cause);
    this.usage = usage;
  }

  UserError(String message) {
    super(message);
    this.usage = false;
  }

  UserError(String message, Throwable cause) {
    this(message, cause, false);
  }

  /** What was typed makes no sense, which was found out late. */
  static UserError ofUsage(String message, Throwable cause) {
    return new UserError(message, cause, true);
  }

  /** What was typed makes no sense, which was found out late. */
  static UserError ofUsage(String message) {
    return new UserError(message, null, true);
  }

  /** Whether it is about what was typed. */
  boolean isUsage() {
    return usage;
  }
}
