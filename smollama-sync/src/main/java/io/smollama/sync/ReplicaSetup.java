package io.smollama.sync;

import io.smollama.core.ClockQuality;
import io.smollama.core.ReplicaId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a journal takes from the world around it; threads may use all of it at the same time.
 * Immutable.
 *
 * @param nodeName a label for people, written into the first entry; never a key
 * @param productVersion the version of the program, written into the first entry if given
 * @param fingerprint what tells this machine from another; see {@link HardwareFingerprint}
 * @param clock the wall clock
 * @param clockQuality how far the wall clock can be trusted now
 * @param monoMillis milliseconds, at least 0, of a clock that never steps, suspend included
 * @param random where replica ids come from
 */
public record ReplicaSetup(
    String nodeName,
    Optional<String> productVersion,
    Supplier<String> fingerprint,
    InstantSource clock,
    Supplier<ClockQuality> clockQuality,
    LongSupplier monoMillis,
    RandomGenerator random) {
  private static final int LONGEST_NAME = 200;

  public ReplicaSetup {
    Objects.requireNonNull(productVersion, "productVersion");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(clockQuality, "clockQuality");
    Objects.requireNonNull(monoMillis, "monoMillis");
    Objects.requireNonNull(random, "random");
    if (nodeName.isBlank() || nodeName.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "A node name has 1 to %d characters, was '%s'".formatted(LONGEST_NAME, nodeName));
    }
  }

  /**
   * This machine's clocks, hardware and secure randomness; who set the clock is told by the files
   * of a Linux machine, else unknown.
   */
  public static ReplicaSetup ofThisMachine(String nodeName) {
    Path root = Path.of("/");
    InstantSource clock = InstantSource.system();
    LongSupplier uptime = Uptime.of(root);
    return new ReplicaSetup(
        nodeName,
        Optional.empty(),
        () -> HardwareFingerprint.of(root),
        clock,
        new ClockSource(root, clock, uptime),
        uptime,
        new SecureRandom());
  }

  /** The time now, in the boot of this number. */
  Stamp stamp(long boot) {
    // The quality first: a clock that is being set now must not count as set and show 1970.
    ClockQuality quality = clockQuality.get();
    return new Stamp(boot, monoMillis.getAsLong(), Optional.of(clock.instant()), quality);
  }

  /** A replica id that nobody has. */
  ReplicaId randomId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return new ReplicaId(HexFormat.of().formatHex(bytes));
  }
}
