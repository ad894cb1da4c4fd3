package io.smollama.memory;

import io.smollama.core.SourceId;
import java.util.List;
import java.util.Objects;

/**
 * Something noticed that is to be recorded. Immutable.
 *
 * @param text what was noticed, in plain words; not blank
 * @param type what kind of thing it is
 * @param confidence 0 to 1
 * @param sources the sources that it is about; may be empty
 * @param provenance who noticed
 */
public record NewObservation(
    String text,
    ObservationType type,
    double confidence,
    List<SourceId> sources,
    Provenance provenance) {

  public NewObservation {
    text = KnowledgeText.require("An observation", text);
    Objects.requireNonNull(type, "type");
    KnowledgeText.requireShare("confidence", confidence);
    sources = List.copyOf(sources);
    Objects.requireNonNull(provenance, "provenance");
  }

  /** An observation that a rule or statistic made, with a confidence of 0.8. */
  public static NewObservation of(String text, ObservationType type, List<SourceId> sources) {
    return new NewObservation(text, type, 0.8, sources, Provenance.OBSERVER);
  }
}
