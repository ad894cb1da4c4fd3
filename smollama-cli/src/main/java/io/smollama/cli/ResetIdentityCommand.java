package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama reset-identity}: the node goes on as another. */
@Command(
    name = "reset-identity",
    description = {
      "Let this node write under a new identity from now on.",
      "A node does so by itself when it finds that it was copied or put back to a backup. Do it by",
      "hand on the copy of a card that both machines will go on using, before it meets the others.",
      "Nothing that is known is lost or changed; what was written stays that of the old identity."
    })
final class ResetIdentityCommand extends NodeCommand {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean sure;

  @Override
  void check() {
    if (!sure) {
      Confirmation.require(
          spec,
          program().terminal(),
          "This node goes on under a new identity; all that it knows stays. There is no way back.");
    }
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/sync/reset-identity", object());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.syncDesk().beginAnew();
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(SyncLines.identity(answer));
  }
}
