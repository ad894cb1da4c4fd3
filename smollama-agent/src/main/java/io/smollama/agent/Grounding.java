package io.smollama.agent;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.UsualRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the sources that a question is about: those whose description lies nearest to it in
 * meaning, or, without an embedder, shares most words with it. Thread-safe.
 */
final class Grounding {
  private static final Duration USUAL = Duration.ofDays(1);
  private static final int ENOUGH_TO_BE_USUAL = 20;

  /** Questions about a source measured 0.35 and more with the built-in model, others up to 0.2. */
  private static final double NEAR = 0.25;

  private final Optional<EmbeddingProvider> embedder;
  private final Map<String, Embedding> descriptions = new ConcurrentHashMap<>();

  Grounding(Optional<EmbeddingProvider> embedder) {
    this.embedder = embedder;
  }

  private record Ranked(Reading reading, double score) {}

  /** Whether the nearest source is near enough to be what the question is about. */
  boolean fits(List<GroundedReading> nearest) {
    double enough = embedder.isPresent() ? NEAR : Double.MIN_VALUE;
    return !nearest.isEmpty() && nearest.get(0).score() >= enough;
  }

  /** The nearest sources first, each with its newest reading and what is usual for it. */
  List<GroundedReading> nearest(
      String question, List<Reading> latest, MemoryStore store, Instant now, int limit) {
    List<Ranked> ranked = rank(question, latest);
    List<GroundedReading> grounded = new ArrayList<>();
    for (Ranked candidate : ranked.subList(0, Math.min(limit, ranked.size()))) {
      Reading reading = candidate.reading();
      grounded.add(
          new GroundedReading(
              reading, SourceWords.name(reading), candidate.score(), usual(reading, store, now)));
    }
    return grounded;
  }

  private List<Ranked> rank(String question, List<Reading> latest) {
    List<Ranked> ranked = new ArrayList<>();
    Optional<Embedding> asked = embed(question);
    Set<String> words = words(question);
    for (Reading reading : latest) {
      String description = SourceWords.description(reading);
      double score =
          asked.isPresent()
              ? asked.get().cosine(described(description))
              : sharedWords(words, words(description));
      ranked.add(new Ranked(reading, score));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::score).reversed());
    return ranked;
  }

  private Optional<Embedding> embed(String question) {
    try {
      return embedder.map(provider -> provider.embedQuery(question));
    } catch (EmbeddingException e) {
      return Optional.empty();
    }
  }

  private Embedding described(String description) {
    return descriptions.computeIfAbsent(description, embedder.orElseThrow()::embed);
  }

  private static Set<String> words(String text) {
    return Set.copyOf(List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
  }

  private static double sharedWords(Set<String> asked, Set<String> described) {
    long shared =
        asked.stream().filter(word -> word.length() > 2 && described.contains(word)).count();
    return asked.isEmpty() ? 0 : (double) shared / asked.size();
  }

  /**
   * Where the numbers of a source lay in the last day; empty if little is known, or it counts on.
   */
  static Optional<UsualRange> usual(Reading reading, MemoryStore store, Instant now) {
    boolean counts = reading.unit().equals(Units.SECONDS); // time since something only grows
    if (counts || !(reading.value() instanceof ReadingValue.Quantity)) {
      return Optional.empty();
    }
    return store
        .readings()
        .usual(reading.source(), now.minus(USUAL), now)
        .filter(range -> range.count() >= ENOUGH_TO_BE_USUAL);
  }
}
