package io.smollama.sync;

import java.util.Objects;

/**
 * Knows who may take part. Implementations answer at once and compare secrets in constant time.
 * Thread-safe.
 */
@FunctionalInterface
public interface PeerDirectory {
  /**
   * Whom a token belongs to. A storage failure is a {@link io.smollama.core.JournalException}.
   *
   * @param token whatever a stranger sent; empty if nothing
   */
  Admission admit(String token);

  /** What is known of a token. Immutable. */
  sealed interface Admission {
    /** It belongs to this device. */
    record Admitted(String device) implements Admission {
      public Admitted {
        Objects.requireNonNull(device, "device");
      }
    }

    /** It belonged to this device and was revoked. */
    record Revoked(String device) implements Admission {
      public Revoked {
        Objects.requireNonNull(device, "device");
      }
    }

    /** Nobody has it. */
    record Unknown() implements Admission {}
  }
}
