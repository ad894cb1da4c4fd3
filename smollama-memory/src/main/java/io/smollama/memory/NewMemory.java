package io.smollama.memory;

import io.smollama.core.EntryId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A fact that is to be remembered. Immutable.
 *
 * @param fact the fact, in plain words; not blank
 * @param confidence 0 to 1
 * @param provenance who says so
 * @param time when it was said; empty for now
 * @param tags words to find it by; at most 32
 * @param ref the caller's own name for it, given back as it is; may be empty
 * @param tainted whether the words come from somebody who is not to be trusted, such as a message
 *     from outside
 * @param validFrom since when it is true; empty for always, or, if it replaces a fact, for now
 * @param validTo when it ends to be true, that moment not included; empty for never
 * @param supersedes the facts that it takes the place of; they end to be true when it begins
 */
public record NewMemory(
    String fact,
    double confidence,
    Provenance provenance,
    Optional<Instant> time,
    List<String> tags,
    String ref,
    boolean tainted,
    Optional<Instant> validFrom,
    Optional<Instant> validTo,
    List<EntryId> supersedes) {

  private static final int MOST_SUPERSEDED = 100;

  public NewMemory {
    fact = KnowledgeText.require("A fact", fact);
    KnowledgeText.requireShare("confidence", confidence);
    Objects.requireNonNull(provenance, "provenance");
    time.ifPresent(then -> KnowledgeText.requireTime("time", then));
    tags = KnowledgeText.requireTags(tags);
    ref = KnowledgeText.requireAtMost("A ref", ref);
    KnowledgeText.requireOrder(validFrom, validTo);
    supersedes = List.copyOf(supersedes);
    if (supersedes.size() > MOST_SUPERSEDED) {
      throw new IllegalArgumentException(
          "A fact replaces at most %d others, was given %d"
              .formatted(MOST_SUPERSEDED, supersedes.size()));
    }
  }

  /** A fact said now, true always. */
  public NewMemory(String fact, double confidence, Provenance provenance) {
    this(
        fact,
        confidence,
        provenance,
        Optional.empty(),
        List.of(),
        "",
        false,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** A fact that a person states, with a confidence of 0.8. */
  public static NewMemory of(String fact) {
    return new NewMemory(fact, 0.8, Provenance.OPERATOR);
  }

  /** The same, taking the place of another fact. */
  public NewMemory replacing(EntryId other) {
    return replacing(List.of(other));
  }

  NewMemory replacing(List<EntryId> others) {
    return new NewMemory(
        fact, confidence, provenance, time, tags, ref, tainted, validFrom, validTo, others);
  }

  /** The same, true for a time only. */
  public NewMemory valid(Optional<Instant> from, Optional<Instant> to) {
    return new NewMemory(
        fact, confidence, provenance, time, tags, ref, tainted, from, to, supersedes);
  }

  /** The same, said at another time than now. */
  public NewMemory saidAt(Instant then) {
    return new NewMemory(
        fact,
        confidence,
        provenance,
        Optional.of(then),
        tags,
        ref,
        tainted,
        validFrom,
        validTo,
        supersedes);
  }

  /** The same with these tags. */
  public NewMemory tagged(List<String> words) {
    return new NewMemory(
        fact, confidence, provenance, time, words, ref, tainted, validFrom, validTo, supersedes);
  }

  /** The same under the caller's own name. */
  public NewMemory named(String name) {
    return new NewMemory(
        fact, confidence, provenance, time, tags, name, tainted, validFrom, validTo, supersedes);
  }

  /** The same from somebody who is not to be trusted. */
  public NewMemory fromOutside() {
    return new NewMemory(
        fact, confidence, provenance, time, tags, ref, true, validFrom, validTo, supersedes);
  }
}
