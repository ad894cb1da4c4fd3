package io.smollama.sync;

import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A refusal as bytes: the fault, seconds until it is worth asking again, and why. */
final class ToldFault {
  private static final int LONGEST = 300;

  private ToldFault() {}

  static byte[] write(Fault fault, Duration retryAfter, String why) {
    String line = why.replaceAll("\\s+", " ");
    String text =
        "%s %d %s"
            .formatted(
                fault.name(),
                retryAfter.toSeconds(),
                line.substring(0, Math.min(LONGEST, line.length())));
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static SyncException read(String peer, byte[] bytes) {
    String[] parts = new String(bytes, StandardCharsets.UTF_8).split(" ", 3);
    try {
      Fault fault = Fault.valueOf(parts[0]);
      long seconds = Long.parseLong(parts[1]);
      String why = parts[2].replaceAll("[\\s\\p{Cntrl}]+", " ");
      String shown = why.substring(0, Math.min(LONGEST, why.length()));
      return fault == Fault.BUSY && seconds > 0
          ? SyncException.busy(peer, shown, Duration.ofSeconds(seconds))
          : new SyncException(peer, fault, shown);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return new SyncException(peer, Fault.BROKEN, "refuses in words of no version known here", e);
    }
  }
}
