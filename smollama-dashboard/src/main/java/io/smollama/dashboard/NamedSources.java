package io.smollama.dashboard;

import io.smollama.core.SourceId;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SourcePattern;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the sources that somebody means among those that ever spoke. */
final class NamedSources {
  /** More than this at once nobody looks at. */
  private static final int MOST = 500;

  private static final int NAMED = 6;

  private final ReadingHistory history;

  NamedSources(ReadingHistory history) {
    this.history = history;
  }

  /**
   * Those that fit a pattern, or whose id alone does.
   *
   * @throws IllegalArgumentException if none does; names some that come near
   */
  List<SourceId> of(String pattern) {
    List<SourceId> all = history.sources();
    Predicate<SourceId> whole = SourcePattern.of(pattern);
    Predicate<SourceId> byId = SourcePattern.of("*:" + pattern);
    List<SourceId> found = all.stream().filter(whole).toList();
    if (found.isEmpty() && !pattern.contains(":")) {
      found = all.stream().filter(byId).toList();
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "No source that ever spoke is '%s'%s".formatted(pattern, hint(pattern, all)));
    } else if (found.size() > MOST) {
      throw new IllegalArgumentException(
          "%,d sources fit '%s', the most at once are %d".formatted(found.size(), pattern, MOST));
    }
    return found;
  }

  private static String hint(String pattern, List<SourceId> all) {
    if (all.isEmpty()) {
      return "; no source has spoken yet";
    }
    String word = pattern.replace("*", "").toLowerCase(Locale.ROOT);
    String id = word.substring(word.indexOf(':') + 1);
    List<String> near =
        all.stream()
            .map(SourceId::toString)
            .filter(name -> !id.isEmpty() && name.toLowerCase(Locale.ROOT).contains(id))
            .toList();
    List<String> some = near.isEmpty() ? all.stream().map(SourceId::toString).toList() : near;
    return (near.isEmpty() ? "; there are " : "; did you mean ")
        + some.stream().limit(NAMED).collect(Collectors.joining(", "))
        + (some.size() > NAMED ? " and %,d more".formatted(some.size() - NAMED) : "");
  }
}
