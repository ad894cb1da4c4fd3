package io.smollama.devices;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a display: text in which sources stand in braces. Immutable.
 *
 * @param template such as {@code Balcony {balcony:temperature}}
 */
record DisplayLine(String template) {
  private static final Pattern SOURCE = Pattern.compile("\\{([^{}]*)}");

  /** A line is short; nobody reads more digits of it. */
  private static final MathContext DIGITS = new MathContext(4);

  DisplayLine {
    SOURCE.matcher(template).results().forEach(found -> SourceId.parse(found.group(1)));
  }

  List<SourceId> sources() {
    return SOURCE.matcher(template).results().map(found -> SourceId.parse(found.group(1))).toList();
  }

  /** With what the sources said last; a source that said nothing yet is a dash. */
  String with(Map<SourceId, Reading> latest) {
    return SOURCE
        .matcher(template)
        .replaceAll(
            found -> {
              Reading reading = latest.get(SourceId.parse(found.group(1)));
              return Matcher.quoteReplacement(reading == null ? "-" : text(reading));
            });
  }

  private static String text(Reading reading) {
    String doubt = reading.quality() == Quality.GOOD ? "" : "?";
    if (reading.value() instanceof ReadingValue.Quantity quantity
        && Double.isFinite(quantity.number())) {
      double rounded = new BigDecimal(quantity.number()).round(DIGITS).doubleValue();
      return Units.with(new ReadingValue.Quantity(rounded).text(), reading.unit()) + doubt;
    }
    return reading.display() + doubt;
  }
}
