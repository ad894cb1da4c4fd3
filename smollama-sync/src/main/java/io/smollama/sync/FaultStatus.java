package io.smollama.sync;

import io.smollama.core.SyncException.Fault;

/** Which HTTP status says what kept a peer from answering. */
final class FaultStatus {
  private FaultStatus() {}

  static int of(Fault fault) {
    return switch (fault) {
      case UNAUTHORIZED -> 401;
      case REVOKED -> 403;
      case TOO_LARGE -> 413;
      case UPGRADE -> 426;
      case BUSY -> 503;
      case BROKEN -> 400;
      case UNREACHABLE -> 502;
    };
  }

  /** What any status but 200 means, also one of a balancer or proxy on the way. */
  static Fault fault(int status) {
    return switch (status) {
      case 401 -> Fault.UNAUTHORIZED;
      case 403 -> Fault.REVOKED;
      case 413 -> Fault.TOO_LARGE;
      case 426 -> Fault.UPGRADE;
      case 429, 503 -> Fault.BUSY;
      case 408, 502, 504 -> Fault.UNREACHABLE;
      default -> Fault.BROKEN;
    };
  }
}
