package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/**
 * The endpoints under {@code /api/readings}: what sources said over time, and what is brought in.
 * Thread-safe.
 */
final class ReadingsApi {
  private final ReadingsDesk desk;
  private final ReadingsIntake intake;

  ReadingsApi(ReadingsDesk desk, ReadingsIntake intake) {
    this.desk = desk;
    this.intake = intake;
  }

  Reply take(Request request) {
    return Reply.answering(() -> intake.take(request.json()));
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
    return Reply.answering(() -> desk.apply(MemoryApi.parameters(request)));
  }
}
