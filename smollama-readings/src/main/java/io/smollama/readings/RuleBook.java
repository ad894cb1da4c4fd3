package io.smollama.readings;

import io.smollama.core.SourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Finds the rule of a source, and remembers what it found. Thread-safe. */
final class RuleBook {
  /** Sources come and go; whatever is forgotten is found again. */
  private static final int MOST_KNOWN = 10_000;

  private final List<SourceRule> rules;
  private final List<SourcePattern> patterns;
  private final Map<SourceId, Optional<SourceRule>> known = new ConcurrentHashMap<>();

  RuleBook(List<SourceRule> rules) {
    this.rules = rules;
    this.patterns = rules.stream().map(rule -> SourcePattern.of(rule.source())).toList();
  }

  /** The first rule that means the source. */
  Optional<SourceRule> of(SourceId source) {
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(source, this::find);
  }

  private Optional<SourceRule> find(SourceId source) {
    return IntStream.range(0, rules.size())
        .filter(i -> patterns.get(i).means(source))
        .mapToObj(rules::get)
        .findFirst();
  }
}
