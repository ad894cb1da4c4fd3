package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The endpoints of talking and looking, of outputs and of what was done to them. Thread-safe. */
final class ActApi {
  private static final int USUAL = 20;
  private static final int MOST = 1_000;

  private final Optional<ActDesk> desk;
  private final Optional<ChatDesk> chat;
  private final Optional<LookDesk> looks;

  ActApi(NodeView node) {
    this.desk = node.acts();
    this.chat = node.chat();
    this.looks = node.looks();
  }

  Reply chat(Request request) {
    JsonNode said = request.json();
    return said.path("stream").asBoolean()
        ? Reply.lines(out -> chat().say(said, out))
        : Reply.answering(() -> chat().say(said));
  }

  Reply events(Request request) {
    int limit = request.number("limit", USUAL, 1, MOST);
    return Reply.answering(() -> chat().events(limit));
  }

  Reply look(Request request) {
    LookDesk open = looks.orElseThrow(() -> new Refusal(404, "No model looks on this node."));
    return Reply.answering(open::look);
  }

  private ChatDesk chat() {
    return chat.orElseThrow(() -> new Refusal(404, "This node does not talk."));
  }

  Reply outputs(Request request) {
    return Reply.answering(() -> desk().outputs());
  }

  Reply acts(Request request) {
    int limit = request.number("limit", USUAL, 1, MOST);
    return Reply.answering(() -> desk().acts(request.words("target"), limit));
  }

  Reply act(Request request) {
    return Reply.answering(() -> desk().act(request.json()));
  }

  Reply simulate(Request request) {
    return Reply.answering(() -> desk().simulate(request.json()));
  }

  private ActDesk desk() {
    return desk.orElseThrow(() -> new Refusal(404, "This node has no outputs."));
  }
}
