package io.smollama.readings;

import io.smollama.core.SourceId;
import java.util.regex.Pattern;

/**
 * Means sources by how they are written: {@code system:cpu_temp}, or with {@code *} for any
 * characters, {@code system:*}, {@code *temperature}. Immutable.
 */
final class SourcePattern {
  private final Pattern pattern;

  private SourcePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** What the text means; a blank one means nothing and is refused. */
  static SourcePattern of(String text) {
    if (text.isBlank() || (text.indexOf(':') < 0 && text.indexOf('*') < 0)) {
      throw new IllegalArgumentException(
          "A source is written type:id, with * for any characters, such as system:*; was '%s'"
              .formatted(text));
    }
    String[] parts = text.split("\\*", -1);
    StringBuilder regex = new StringBuilder(Pattern.quote(parts[0]));
    for (int i = 1; i < parts.length; i++) {
      regex.append(".*").append(Pattern.quote(parts[i]));
    }
    return new SourcePattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  boolean means(SourceId source) {
    return pattern.matcher(source.toString()).matches();
  }
}
