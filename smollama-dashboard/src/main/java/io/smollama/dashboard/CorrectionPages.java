package io.smollama.dashboard;

import io.smollama.core.EntryId;
import java.util.Map;
import java.util.Optional;

/** The fragments that show one fact or observation closely and correct it. Thread-safe. */
final class CorrectionPages {
  /** What can be done on the page, and what is said once it is. */
  static final Map<String, String> DONE =
      Map.of(
          "confirm", "Confirmed, so it counts as surer.",
          "dispute", "Disputed, so it counts as less sure.",
          "edit", "Changed.",
          "retract", "Retracted. Lists and answers leave it out; it can be restored.",
          "restore", "Restored.",
          "retract-observation", "Retracted. Lists and answers leave it out.");

  private final NodeView node;
  private final KnowledgeDesk desk;
  private final Findings findings;
  private final CloseUps closeUps;

  CorrectionPages(NodeView node, KnowledgeDesk desk, Findings findings) {
    this.node = node;
    this.desk = desk;
    this.findings = findings;
    this.closeUps = new CloseUps(node, findings);
  }

  /** One of its kind, small, as lists have it. */
  Reply finding(Request request) {
    EntryId id = id(request.words("id"));
    return Reply.html(Fragments.closed(findings.one(id).orElseThrow(() -> unknown(id))));
  }

  /** The same with everything about it and what can be done. */
  Reply closeUp(Request request) {
    return Reply.html(Fragments.closeUp(require(request.words("id"), "")));
  }

  /** Makes a correction and shows how things stand then. */
  Reply change(String what, Request request) {
    try {
      desk.change(what, CorrectionForm.read(request, node.zone(), node.clock().instant()));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s.", e.getMessage());
    }
    return Reply.html(Fragments.closeUp(require(request.field("id"), DONE.getOrDefault(what, ""))));
  }

  /** What the page of one fact or observation shows. */
  CloseUp require(Optional<String> named, String done) {
    EntryId id = id(named);
    return closeUps.of(id, done).orElseThrow(() -> unknown(id));
  }

  private static EntryId id(Optional<String> named) {
    try {
      return new EntryId(named.orElse(""));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("'id' must be the whole id of a fact or observation.");
    }
  }

  private static Refusal unknown(EntryId id) {
    return new Refusal(404, "There is no fact and no observation " + id + ".");
  }
}
