package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something noticed that is to be recorded. Immutable.
 *
 * @param text what was noticed, in plain words; not blank
 * @param type what kind of thing it is
 * @param confidence 0 to 1
 * @param sources the sources that it is about; may be empty
 * @param provenance who noticed
 * @param time when it was noticed; empty for when it is recorded
 * @param tags words to find it by; at most 32
 * @param ref the caller's own name for it, given back as it is; may be empty
 * @param tainted whether the text comes from somebody who is not to be trusted, such as a message
 *     from outside
 */
public record NewObservation(
    String text,
    ObservationType type,
    double confidence,
    List<SourceId> sources,
    Provenance provenance,
    Optional<Instant> time,
    List<String> tags,
    String ref,
    boolean tainted) {

  public NewObservation {
    text = KnowledgeText.require("An observation", text);
    Objects.requireNonNull(type, "type");
    KnowledgeText.requireShare("confidence", confidence);
    sources = List.copyOf(sources);
    Objects.requireNonNull(provenance, "provenance");
    time.ifPresent(then -> KnowledgeText.requireTime("time", then));
    tags = KnowledgeText.requireTags(tags);
    ref = KnowledgeText.requireAtMost("A ref", ref);
  }

  /** Something noticed now, without tags. */
  public NewObservation(
      String text,
      ObservationType type,
      double confidence,
      List<SourceId> sources,
      Provenance provenance) {
    this(text, type, confidence, sources, provenance, Optional.empty(), List.of(), "", false);
  }

  /** An observation that a rule or statistic made, with a confidence of 0.8. */
  public static NewObservation of(String text, ObservationType type, List<SourceId> sources) {
    return new NewObservation(text, type, 0.8, sources, Provenance.OBSERVER);
  }

  /** The same, noticed at another time than now. */
  public NewObservation noticedAt(Instant then) {
    return new NewObservation(
        text, type, confidence, sources, provenance, Optional.of(then), tags, ref, tainted);
  }

  /** The same with these tags. */
  public NewObservation tagged(List<String> words) {
    return new NewObservation(
        text, type, confidence, sources, provenance, time, words, ref, tainted);
  }

  /** The same under the caller's own name. */
  public NewObservation named(String name) {
    return new NewObservation(
        text, type, confidence, sources, provenance, time, tags, name, tainted);
  }

  /** The same from somebody who is not to be trusted. */
  public NewObservation fromOutside() {
    return new NewObservation(text, type, confidence, sources, provenance, time, tags, ref, true);
  }
}
