package io.smollama.dashboard;

import java.util.Optional;

/** The endpoints under {@code /api/sync} for the owner of the node. Thread-safe. */
final class SyncApi {
  private final Optional<SyncDesk> desk;

  SyncApi(Optional<SyncDesk> desk) {
    this.desk = desk;
  }

  Reply status(Request request) {
    boolean view = request.words("view").isPresent();
    return Reply.answering(() -> view ? desk().statusAndView() : desk().status());
  }

  Reply now(Request request) {
    return Reply.answering(() -> desk().now());
  }

  Reply beginAnew(Request request) {
    return Reply.answering(() -> desk().beginAnew());
  }

  Reply export(Request request) {
    return Reply.answering(() -> desk().export(request.json()));
  }

  Reply take(Request request) {
    return Reply.answering(() -> desk().take(request.json()));
  }

  private SyncDesk desk() {
    return desk.orElseThrow(() -> new Refusal(404, "This node keeps no log that is shared."));
  }
}
