package io.smollama.sync;

import io.smollama.core.ClockQuality;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Who set the wall clock of a Linux machine, as files tell that anybody may look at: no program is
 * run, nothing is asked over a network. Unknown on other machines and in most containers.
 * Thread-safe.
 */
final class ClockSource implements Supplier<ClockQuality> {
  /** systemd-timesyncd touches it each time that it has set the clock, twice an hour or more. */
  private static final String TIMESYNCD = "run/systemd/timesync/synchronized";

  /** chrony and ntpd write them about once an hour while they are synchronised. */
  private static final List<String> DRIFT_FILES =
      List.of(
          "var/lib/chrony/chrony.drift",
          "var/lib/chrony/drift",
          "var/lib/ntpsec/ntp.drift",
          "var/lib/ntp/ntp.drift");

  /** A clock that was let go of for longer may be more than a second off. */
  private static final Duration HOLDS = Duration.ofHours(3);

  private final Path root;
  private final InstantSource clock;
  private final LongSupplier mono;

  /**
   * That of a machine.
   *
   * @param root where its files are, {@code /}
   * @param mono milliseconds since the machine started
   */
  ClockSource(Path root, InstantSource clock, LongSupplier mono) {
    this.root = root;
    this.clock = clock;
    this.mono = mono;
  }

  @Override
  public ClockQuality get() {
    Instant now = clock.instant();
    Instant started = now.minusMillis(mono.getAsLong());
    boolean isOfThisBoot = Files.exists(root.resolve(TIMESYNCD)); // /run is empty after a start
    if (isFresh(TIMESYNCD, now)
        || DRIFT_FILES.stream().anyMatch(f -> isFresh(f, now) && touched(f).isAfter(started))) {
      return ClockQuality.NTP;
    }
    return isOfThisBoot ? ClockQuality.ESTIMATED : kept();
  }

  private boolean isFresh(String file, Instant now) {
    Instant touched = touched(file);
    return !touched.isAfter(now.plusSeconds(1)) && touched.isAfter(now.minus(HOLDS));
  }

  /** Long ago if there is no such file, or none for us. */
  private Instant touched(String file) {
    try {
      return Files.getLastModifiedTime(root.resolve(file)).toInstant();
    } catch (IOException e) {
      return Instant.MIN;
    }
  }

  /** The kernel says which battery-backed clock it took the time from when it started. */
  private ClockQuality kept() {
    try (DirectoryStream<Path> clocks =
        Files.newDirectoryStream(root.resolve("sys/class/rtc"), "rtc*")) {
      for (Path rtc : clocks) {
        if (isOne(rtc.resolve("hctosys"))) {
          return ClockQuality.RTC;
        }
      }
    } catch (IOException e) {
      return ClockQuality.UNKNOWN; // not Linux, or none
    }
    return ClockQuality.UNKNOWN;
  }

  private static boolean isOne(Path file) {
    // Not Files.readString: that fails on a thread that has been interrupted.
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip().equals("1");
    } catch (IOException e) {
      return false;
    }
  }
}
