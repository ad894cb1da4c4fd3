package io.smollama.memory;

import io.smollama.core.SourceId;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Names sources, {@code *} standing for any characters: {@code mqtt:kitchen/*}. Immutable. */
public final class SourcePattern {
  private SourcePattern() {}

  /** What tells whether a source is meant. */
  public static Predicate<SourceId> of(String pattern) {
    Pattern whole =
        Pattern.compile(
            ("\\Q" + pattern.replace("\\E", "\\E\\\\E\\Q") + "\\E").replace("*", "\\E.*\\Q"),
            Pattern.DOTALL);
    return source -> whole.matcher(source.toString()).matches();
  }

  static boolean matches(String pattern, SourceId source) {
    return of(pattern).test(source);
  }
}
