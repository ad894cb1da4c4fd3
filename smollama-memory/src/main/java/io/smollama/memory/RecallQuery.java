package io.smollama.memory;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What is to be recalled. Immutable.
 *
 * @param text a question or some words; with none that count the latest is recalled
 * @param limit the most hits, 1 to 1,000
 * @param filter what may be hit
 */
public record RecallQuery(String text, int limit, RecallFilter filter) {
  public RecallQuery {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(filter, "filter");
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("A recall has 1 to 1000 hits, was asked for " + limit);
    }
  }

  /**
   * Recalls some kinds of knowledge.
   *
   * @param kinds not empty
   */
  public RecallQuery(String text, int limit, Set<KnowledgeKind> kinds) {
    this(text, limit, RecallFilter.SHOWN.ofKinds(requireKinds(kinds)));
  }

  /** Recalls both observations and facts. */
  public static RecallQuery of(String text, int limit) {
    return new RecallQuery(text, limit, EnumSet.allOf(KnowledgeKind.class));
  }

  private static Set<KnowledgeKind> requireKinds(Set<KnowledgeKind> kinds) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("A recall needs at least one kind of knowledge");
    }
    return kinds;
  }
}
