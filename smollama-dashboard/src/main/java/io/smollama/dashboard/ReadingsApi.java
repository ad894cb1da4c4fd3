package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/** The endpoints under {@code /api/readings}: what sources said over time. Thread-safe. */
final class ReadingsApi {
  private final ReadingsDesk desk;

  ReadingsApi(ReadingsDesk desk) {
    this.desk = desk;
  }

  Reply history(Request request) {
    return answer(request, desk::history);
  }

  Reply stats(Request request) {
    return answer(request, desk::stats);
  }

  Reply gaps(Request request) {
    return answer(request, desk::gaps);
  }

  private static Reply answer(Request request, Function<ObjectNode, ObjectNode> desk) {
    try {
      return Reply.json(200, desk.apply(MemoryApi.parameters(request)));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s.", e.getMessage());
    }
  }
}
