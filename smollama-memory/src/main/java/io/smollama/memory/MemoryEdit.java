package io.smollama.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to change about a fact; what is empty stays. Immutable.
 *
 * @param fact the new words
 * @param confidence 0 to 1, before confirmations and disputes are counted
 * @param tags all tags that it has from now on
 * @param validFrom since when it is true; {@link Instant#MIN} for always
 * @param validTo when it ends to be true, that moment not included; {@link Instant#MAX} for never
 */
public record MemoryEdit(
    Optional<String> fact,
    Optional<Double> confidence,
    Optional<List<String>> tags,
    Optional<Instant> validFrom,
    Optional<Instant> validTo) {

  /** No change, to begin with. */
  public static final MemoryEdit NONE =
      new MemoryEdit(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public MemoryEdit {
    fact = fact.map(words -> KnowledgeText.require("A fact", words));
    confidence.ifPresent(share -> KnowledgeText.requireShare("confidence", share));
    tags = tags.map(KnowledgeText::requireTags);
    KnowledgeText.requireOrder(
        validFrom.filter(from -> !from.equals(Instant.MIN)),
        validTo.filter(to -> !to.equals(Instant.MAX)));
  }

  /** This with other words. */
  public MemoryEdit fact(String words) {
    return new MemoryEdit(Optional.of(words), confidence, tags, validFrom, validTo);
  }

  /** This with another confidence. */
  public MemoryEdit confidence(double share) {
    return new MemoryEdit(fact, Optional.of(share), tags, validFrom, validTo);
  }

  /** This with other tags. */
  public MemoryEdit tags(List<String> words) {
    return new MemoryEdit(fact, confidence, Optional.of(words), validFrom, validTo);
  }

  /** This with another beginning. */
  public MemoryEdit validFrom(Instant from) {
    return new MemoryEdit(fact, confidence, tags, Optional.of(from), validTo);
  }

  /** This with another end. */
  public MemoryEdit validTo(Instant to) {
    return new MemoryEdit(fact, confidence, tags, validFrom, Optional.of(to));
  }
}
