package io.smollama.devices;

import org.jspecify.annotations.Nullable;

/**
 * A device does not do its part: why, and what to do about it, in one line without the device's
 * name. Within this package only; callers get a {@link io.smollama.core.ReadingException}.
 */
final class DeviceFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private DeviceFault(String message, boolean retryable, @Nullable Throwable cause) {
    super(message, cause);
    this.retryable = retryable;
  }

  /** Somebody must mend something first. */
  static DeviceFault lasting(String words, String fix) {
    return new DeviceFault(line(words, fix), false, null);
  }

  /** Trying again can help. */
  static DeviceFault passing(String words, String fix, Throwable cause) {
    return new DeviceFault(line(words, fix), true, cause);
  }

  /** Trying again can help. */
  static DeviceFault passing(String words, String fix) {
    return new DeviceFault(line(words, fix), true, null);
  }

  boolean isRetryable() {
    return retryable;
  }

  private static String line(String words, String fix) {
    return fix.isEmpty() ? words : words + ". " + fix;
  }
}
