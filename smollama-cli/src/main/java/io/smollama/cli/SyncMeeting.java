package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits for the end of a meeting with the server that was asked for. Immutable. */
final class SyncMeeting {
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private SyncMeeting() {}

  /**
   * Looks until a meeting has ended that began after it was asked for, or one has failed.
   *
   * @param before how things stood just before it was asked for
   * @param status how they stand
   * @param told hears how things stand, at each look
   * @return how they stand then
   * @throws UserError if the server could not be met, with the reason
   */
  static JsonNode ended(JsonNode before, Supplier<JsonNode> status, Consumer<JsonNode> told) {
    JsonNode server = before.path("server");
    long sofar = server.path("exchanges").asLong();
    long wanted = sofar + (server.path("running").asBoolean() ? 2 : 1);
    JsonNode now = status.get();
    while (!hasEnded(now.path("server"), sofar, wanted)) {
      told.accept(now);
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      now = status.get();
    }
    JsonNode failure = now.path("server").path("failure");
    if (!failure.isMissingNode()) {
      throw new UserError(failure.path("says").asText());
    }
    return now;
  }

  private static boolean hasEnded(JsonNode server, long sofar, long wanted) {
    long ended = server.path("exchanges").asLong();
    boolean failed = ended > sofar && server.has("failure");
    return !server.path("running").asBoolean() && (ended >= wanted || failed);
  }
}
