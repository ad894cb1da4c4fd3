package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Supplier;

/** The endpoints under {@code /api/sync} for the owner of the node. Thread-safe. */
final class SyncApi {
  private final Optional<SyncDesk> desk;

  SyncApi(Optional<SyncDesk> desk) {
    this.desk = desk;
  }

  Reply status(Request request) {
    boolean view = request.words("view").isPresent();
    return answer(() -> view ? desk().statusAndView() : desk().status());
  }

  Reply now(Request request) {
    return answer(() -> desk().now());
  }

  Reply beginAnew(Request request) {
    return answer(() -> desk().beginAnew());
  }

  Reply export(Request request) {
    return answer(() -> desk().export(request.json()));
  }

  Reply take(Request request) {
    return answer(() -> desk().take(request.json()));
  }

  private SyncDesk desk() {
    return desk.orElseThrow(() -> new Refusal(404, "This node keeps no log that is shared."));
  }

  private static Reply answer(Supplier<ObjectNode> work) {
    try {
      return Reply.json(200, work.get());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s.", e.getMessage());
    }
  }
}
