package io.smollama.dashboard;

import io.smollama.core.SmollamaException;

/** The dashboard could not be opened; names its address. Immutable. */
public final class DashboardException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  DashboardException(String address, String message, boolean retryable, Throwable cause) {
    super(address, message, retryable, cause);
  }
}
