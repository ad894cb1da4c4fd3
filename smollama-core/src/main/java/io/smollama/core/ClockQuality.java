package io.smollama.core;

/**
 * How far the writer's wall clock could be trusted when it wrote an entry. A Raspberry Pi without a
 * real-time clock starts with a guess; views use the quality to correct times later. The codes are
 * part of the entry format and never change. Immutable.
 */
public enum ClockQuality {
  /** Nothing is known about the clock. */
  UNKNOWN(0),

  /** Estimated, from a saved time or a peer's. */
  ESTIMATED(1),

  /** Set from a battery-backed real-time clock. */
  RTC(2),

  /** Synchronised over the network. */
  NTP(3),

  /** Better than NTP: GPS or PTP. */
  BETTER(4);

  private final int code;

  ClockQuality(int code) {
    this.code = code;
  }

  /** Whether something outside of the machine sets the clock again and again. */
  public boolean isSynchronised() {
    return code >= NTP.code;
  }

  /** The number that stands for it in an entry. */
  public int code() {
    return code;
  }

  /** The quality with this code. */
  public static ClockQuality ofCode(int code) {
    for (ClockQuality quality : values()) {
      if (quality.code == code) {
        return quality;
      }
    }
    throw new IllegalArgumentException("A clock quality is 0 to 4, was " + code);
  }
}
