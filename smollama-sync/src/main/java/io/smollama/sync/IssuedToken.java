package io.smollama.sync;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a token that was given out; not the token, which nobody keeps but its device.
 * Immutable.
 *
 * @param device whom it was given to
 * @param created when
 * @param revoked when it was taken back; empty if it is good
 * @param lastSeen when it was last used, to the minute; empty if it never was
 */
public record IssuedToken(
    String device, Instant created, Optional<Instant> revoked, Optional<Instant> lastSeen) {
  public IssuedToken {
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(created, "created");
    Objects.requireNonNull(revoked, "revoked");
    Objects.requireNonNull(lastSeen, "lastSeen");
  }
}
