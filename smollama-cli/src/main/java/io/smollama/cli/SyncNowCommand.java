package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Counted;
import io.smollama.dashboard.SyncDesk;
import io.smollama.sync.Synchronizer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  private JsonNode ended(JsonNode before, Supplier<JsonNode> status) {
    long[] told = {System.nanoTime()};
    return SyncMeeting.ended(
        before,
        status,
        now -> {
          if (System.nanoTime() - told[0] > SECOND_NANOS) {
            told[0] = System.nanoTime();
            spec.commandLine().getErr().println(now.path("server").path("says").asText());
            spec.commandLine().getErr().flush();
          }
        });
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    JsonNode server = answer.path("server");
    terminal.line(
        "Sent %,d and received %s; %s"
            .formatted(
                server.path("sent").asLong(),
                Counted.of(server.path("received").asLong(), "entry", "entries"),
                server.path("says").asText()));
  }
}
