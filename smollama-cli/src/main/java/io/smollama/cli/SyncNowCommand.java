package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.dashboard.SyncDesk;
import io.smollama.sync.Synchronizer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** {@code smollama sync now}: a meeting with the server, to its end. */
@Command(
    name = "now",
    description = {
      "Meet the server now and wait until all is exchanged.",
      "Works without a running node, too. Ends with 1 if the server could not be met."
    })
final class SyncNowCommand extends NodeCommand {
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  @Override
  JsonNode ask(NodeClient node) {
    JsonNode before = node.post("/api/sync/now", object());
    return ended(before, () -> node.get("/api/sync/status", Map.of()));
  }

  @Override
  JsonNode ask(Parts parts) {
    SyncDesk desk = parts.syncDesk();
    JsonNode before = desk.now();
    parts.sync().synchronizer().ifPresent(Synchronizer::start);
    JsonNode after = ended(before, desk::status);
    parts.memory().catchUp();
    return after;
  }

  /** Looks until a meeting has ended that began after it was asked for, or one has failed. */
  private JsonNode ended(JsonNode before, Supplier<JsonNode> status) {
    JsonNode server = before.path("server");
    long wanted = server.path("exchanges").asLong() + (server.path("running").asBoolean() ? 2 : 1);
    long told = System.nanoTime();
    JsonNode now = status.get();
    while (!hasEnded(now.path("server"), wanted)) {
      if (System.nanoTime() - told > SECOND_NANOS) {
        told = System.nanoTime();
        spec.commandLine().getErr().println(now.path("server").path("says").asText());
        spec.commandLine().getErr().flush();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      now = status.get();
    }
    JsonNode failure = now.path("server").path("failure");
    if (!failure.isMissingNode()) {
      throw new UserError(failure.path("says").asText());
    }
    return now;
  }

  private static boolean hasEnded(JsonNode server, long wanted) {
    long ended = server.path("exchanges").asLong();
    boolean failed = ended >= wanted - 1 && ended > 0 && server.has("failure");
    return !server.path("running").asBoolean() && (ended >= wanted || failed);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    JsonNode server = answer.path("server");
    terminal.line(
        "%,d entries sent, %,d received; %s"
            .formatted(
                server.path("sent").asLong(),
                server.path("received").asLong(),
                server.path("says").asText()));
  }
}
