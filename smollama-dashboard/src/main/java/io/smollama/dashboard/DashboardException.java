package io.smollama.dashboard;

import io.smollama.core.SmollamaException;
import java.net.BindException;

/** An address could not be listened on; it is named. Immutable. */
public final class DashboardException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  DashboardException(String address, String message, boolean retryable, Throwable cause) {
    super(address, message, retryable, cause);
  }

  /**
   * An address that could not be listened on.
   *
   * @param remedy which option or setting names another port
   */
  static DashboardException listening(
      String host, int port, String remedy, RuntimeException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String address = "http://" + LoopbackName.bracketed(host) + ":" + port;
    String message =
        cause instanceof BindException
            ? "the port is taken, by another node or another program on this machine"
                + " (see who: ss -ltnp); choose another with "
                + remedy
            : "cannot be listened on (%s); choose another port with %s"
                .formatted(cause.getMessage(), remedy);
    return new DashboardException(address, message, cause instanceof BindException, cause);
  }
}
