package io.smollama.dashboard;

import io.smollama.memory.KnowledgeKind;
import java.util.List;

/**
 * One fact or observation with all that is to say of it, to be corrected.
 *
 * @param finding what it is about
 * @param fields what can be edited of a fact, as it stands; all empty for an observation
 * @param changes what happened to a fact, first to last
 * @param done what was just done to it; may be empty
 */
record CloseUp(Finding finding, Fields fields, List<Change> changes, String done) {
  CloseUp {
    changes = List.copyOf(changes);
  }

  /**
   * What can be edited, as a person types it.
   *
   * @param text the words
   * @param tags with commas between
   * @param from the day from which on it is true; empty for always
   * @param to the day on which it is true no more; empty for never
   */
  record Fields(String text, String tags, String from, String to) {
    static final Fields NONE = new Fields("", "", "", "");
  }

  /**
   * Something that happened to it.
   *
   * @param when when
   * @param by who did it, and where if not here
   * @param what what, in words; empty if the links say it
   * @param links to the other facts that it is about
   */
  record Change(When when, String by, String what, List<Link> links) {}

  /**
   * A way to another fact.
   *
   * @param leads what it is to this one
   * @param page where it is
   * @param text its words
   */
  record Link(String leads, String page, String text) {}

  boolean isFact() {
    return finding.kind() == KnowledgeKind.MEMORY;
  }

  boolean isRetracted() {
    return finding.standing().word().equals("retracted");
  }

  boolean isPast() {
    return finding.standing().word().equals("past");
  }

  /** The page of all of its kind. */
  String all() {
    return isFact() ? "/memories" : "/observations";
  }

  /** The first digits of its id, enough for a command. */
  String shortId() {
    return finding.id().substring(0, 12);
  }
}
