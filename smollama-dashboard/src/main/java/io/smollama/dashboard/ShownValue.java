package io.smollama.dashboard;

import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * A value as a person reads it at a glance: few digits, large amounts in larger units.
 *
 * @param figure the value
 * @param unit its symbol; may be empty
 */
record ShownValue(String figure, String unit) {
  private static final int LONGEST = 200;

  static ShownValue of(ReadingValue told, String unit) {
    ReadingValue value = told.in(unit);
    if (!(value instanceof ReadingValue.Quantity quantity)) {
      return new ShownValue(shortened(value.text()), Units.symbol(unit));
    }
    double number = quantity.number();
    if (!Double.isFinite(number)) {
      return new ShownValue("no number", "");
    } else if (unit.equals(Units.SECONDS) && number >= 120) {
      return new ShownValue(duration(Duration.ofSeconds((long) number)), "");
    } else if (unit.equals(Units.MEGABYTES) && number >= 10_240) {
      return new ShownValue(figure(number / 1024), "GB");
    } else if (unit.equals(Units.BYTES_PER_SECOND) && number >= 1_000) {
      return number >= 1_000_000
          ? new ShownValue(figure(number / 1_000_000), "MB/s")
          : new ShownValue(figure(number / 1_000), "kB/s");
    }
    return new ShownValue(figure(number), Units.symbol(unit));
  }

  private static String figure(double number) {
    double size = Math.abs(number);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : 2;
    String plain =
        BigDecimal.valueOf(number)
            .setScale(decimals, RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString();
    return plain.replace('-', '\u2212');
  }

  private static String duration(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    return time.toHours() > 0
        ? time.toHours() + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() + " min";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
