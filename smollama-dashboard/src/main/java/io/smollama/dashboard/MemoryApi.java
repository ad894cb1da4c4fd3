package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** The endpoints under {@code /api/memory}: looking through what is known and correcting it. */
final class MemoryApi {
  private final KnowledgeDesk desk;
  private final MemoryCare care;

  MemoryApi(KnowledgeDesk desk, MemoryCare care) {
    this.desk = desk;
    this.care = care;
  }

  Reply recall(Request request) {
    return Reply.json(200, refusing(() -> desk.recall(parameters(request))));
  }

  Reply stats(Request request) {
    return Reply.json(200, care.stats());
  }

  Reply take(Request request) {
    return Reply.json(200, refusing(() -> care.take(request.json())));
  }

  Reply reindex(Request request) {
    return Reply.json(200, care.reindex(progress -> {}));
  }

  Reply compact(Request request) {
    return Reply.json(200, refusing(() -> care.compact(request.json())));
  }

  Reply list(Request request) {
    return Reply.json(200, refusing(() -> desk.list(parameters(request))));
  }

  Reply show(Request request) {
    return Reply.json(200, refusing(() -> desk.show(parameters(request))));
  }

  Reply remember(Request request) {
    request.required(request.json(), "fact", "The boiler is serviced in May");
    return Reply.json(201, refusing(() -> desk.remember(request.json())));
  }

  Reply change(String what, Request request) {
    return Reply.json(200, refusing(() -> desk.change(what, request.json())));
  }

  static ObjectNode parameters(Request request) {
    ObjectNode fields = JsonForms.object();
    request.parameters().forEach(fields::put);
    return fields;
  }

  private static ObjectNode refusing(Supplier<ObjectNode> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s.", e.getMessage());
    }
  }
}
