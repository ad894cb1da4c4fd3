package io.smollama.dashboard;

import io.smollama.core.SourceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Says that patterns of sources fit nothing, and what there is. */
final class KnownSources {
  private static final int NAMED = 5;

  private KnownSources() {}

  /** {@code No observation is about 'dht'. There are: dht:attic/temperature, system:load_avg}. */
  static String noneOf(Set<String> patterns, Collection<SourceId> known) {
    String asked = String.join("', '", patterns);
    if (known.isEmpty()) {
      return "No observation is about '%s', or about any source".formatted(asked);
    }
    List<String> nearest =
        known.stream()
            .map(SourceId::toString)
            .sorted(Comparator.comparing(name -> !isLike(name, patterns)))
            .limit(NAMED)
            .toList();
    int more = known.size() - nearest.size();
    return "No observation is about '%s'. There are: %s%s"
        .formatted(
            asked, String.join(", ", nearest), more > 0 ? " and %d more".formatted(more) : "");
  }

  private static boolean isLike(String name, Set<String> patterns) {
    return patterns.stream()
        .flatMap(pattern -> List.of(pattern.split("[*:/]+")).stream())
        .anyMatch(part -> !part.isEmpty() && name.contains(part));
  }
}
