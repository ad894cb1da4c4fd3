package io.smollama.cli;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Notices texts among the numbers of a source that were most likely meant as numbers. One thread at
 * a time.
 */
final class NumberLikeTexts {
  /** Digits with commas, blanks or a unit, hexadecimal digits. */
  private static final Pattern LIKE_A_NUMBER =
      Pattern.compile(
          "[+\u2212-]?(?:0[xX][0-9a-fA-F]+|[.,]?\\d[\\d.,'_\\p{Z}]*(?:[eE][+-]?\\d+)?)"
              + "[%\u00b0/\\p{L}]{0,5}");

  /** What most of the world writes for a point; of a source that nobody knows it says enough. */
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+\u2212-]?\\d+,\\d+");

  private final Predicate<SourceId> hadNumbers;
  private final Set<SourceId> numbers = new HashSet<>();
  private final Set<SourceId> others = new HashSet<>();

  /**
   * Looks at readings one after the other.
   *
   * @param hadNumbers whether the latest reading of a source, before these, is a number
   */
  NumberLikeTexts(Predicate<SourceId> hadNumbers) {
    this.hadNumbers = hadNumbers;
  }

  /** What is odd about a reading; empty if nothing is. */
  Optional<String> complaint(Reading reading) {
    SourceId source = reading.source();
    if (reading.value() instanceof ReadingValue.Quantity) {
      numbers.add(source);
      return Optional.empty();
    }
    boolean first = others.add(source) && !numbers.contains(source);
    if (first && hadNumbers.test(source)) {
      numbers.add(source);
    }
    if (!(reading.value() instanceof ReadingValue.Text text)) {
      return Optional.empty();
    }
    String words = text.words().strip();
    boolean odd =
        numbers.contains(source)
            ? LIKE_A_NUMBER.matcher(words).matches()
            : first && DECIMAL_COMMA.matcher(words).matches();
    return odd
        ? Optional.of(
            "'%s' of %s looks like a number and is taken as a text; a number is written like 8.1"
                .formatted(text.words(), source))
        : Optional.empty();
  }
}
