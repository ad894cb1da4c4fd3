package io.smollama.dashboard;

import io.smollama.core.SourceId;
import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.Memory;
import io.smollama.memory.Observation;
import io.smollama.memory.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An observation or a fact as the page shows it.
 *
 * @param id the entry that stated it
 * @param kind fact or observation
 * @param type a word: {@code anomaly}, {@code fact} …
 * @param text what was noticed or said
 * @param when when
 * @param standing whether it holds
 * @param notes what else is to say, each a few words
 */
record Finding(
    String id,
    KnowledgeKind kind,
    String type,
    String text,
    When when,
    Standing standing,
    List<String> notes) {
  Finding {
    notes = List.copyOf(notes);
  }

  static Finding of(Observation noticed, Here here) {
    List<String> notes = new ArrayList<>();
    noticed.sources().stream().map(SourceId::toString).forEach(notes::add);
    notes.add(sure(noticed.confidence()));
    addOrigin(notes, noticed.provenance(), noticed.node(), noticed.tainted(), here);
    noticed.tags().forEach(tag -> notes.add("#" + tag));
    return new Finding(
        noticed.id().hex(),
        KnowledgeKind.OBSERVATION,
        noticed.type().word(),
        noticed.text(),
        When.of(noticed.time(), noticed.timeCertainty(), here.now()),
        Standing.of(noticed),
        notes);
  }

  static Finding of(Memory fact, Here here) {
    List<String> notes = new ArrayList<>();
    notes.add(sure(fact.confidence()));
    if (fact.timesConfirmed() > 1) {
      notes.add("said " + fact.timesConfirmed() + " times");
    }
    addOrigin(notes, fact.provenance(), fact.node(), fact.tainted(), here);
    fact.tags().forEach(tag -> notes.add("#" + tag));
    return new Finding(
        fact.id().hex(),
        KnowledgeKind.MEMORY,
        "fact",
        fact.fact(),
        When.of(fact.time(), fact.timeCertainty(), here.now()),
        Standing.of(fact, here),
        notes);
  }

  private static void addOrigin(
      List<String> notes, Provenance who, String node, boolean tainted, Here here) {
    notes.add("by " + who(who));
    if (!node.equals(here.node())) {
      notes.add("from " + node);
    }
    if (tainted) {
      notes.add("words from outside");
    }
  }

  static String who(Provenance provenance) {
    return switch (provenance) {
      case OPERATOR -> "a person";
      case OBSERVER -> "the observer";
      case MODEL -> "a model";
    };
  }

  /** This with one more note. */
  Finding noted(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Finding(id, kind, type, text, when, standing, more);
  }

  /** The page where it can be looked at alone. */
  String page() {
    return (kind == KnowledgeKind.MEMORY ? "/memories" : "/observations") + "?id=" + id;
  }

  private static String sure(double confidence) {
    return String.format(Locale.ROOT, "%.0f %% sure", confidence * 100);
  }
}
