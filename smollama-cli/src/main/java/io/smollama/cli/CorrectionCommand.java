package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands that say something about one fact or observation; the name of each is what it does,
 * here and in the address of the node.
 */
abstract class CorrectionCommand extends NodeCommand {
  @Parameters(index = "0", paramLabel = "ID", description = "Its id; 6 digits of it are enough.")
  private String id;

  @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
  private String reason;

  /** What the request says besides the id and the reason. */
  void complete(ObjectNode request) {}

  private ObjectNode request() {
    ObjectNode request = object().put("id", id).put("reason", reason);
    complete(request);
    return request;
  }

  @Override
  final JsonNode ask(NodeClient node) {
    return node.post("/api/memory/" + spec.name(), request());
  }

  @Override
  final JsonNode ask(Parts parts) {
    return parts.knowledgeDesk().change(spec.name(), request());
  }

  @Override
  final void tell(JsonNode answer, Terminal terminal) {
    terminal.line(MemoryLines.of(answer));
    if (answer.has("note")) {
      terminal.line("Nothing was changed: %s.".formatted(answer.path("note").asText()));
    }
  }

  @Command(name = "confirm", description = "Say a fact once more; it grows surer.")
  static final class Confirm extends CorrectionCommand {}

  @Command(name = "dispute", description = "Doubt a fact; it becomes less sure.")
  static final class Dispute extends CorrectionCommand {}

  @Command(name = "retract", description = "Take a fact back; no model can bring it back.")
  static final class Retract extends CorrectionCommand {}

  @Command(name = "restore", description = "Bring a retracted fact back.")
  static final class Restore extends CorrectionCommand {}

  @Command(name = "retract-observation", description = "Take an observation back, for ever.")
  static final class RetractObservation extends CorrectionCommand {}

  @Command(name = "merge", description = "Make two facts one; the words written last stay.")
  static final class Merge extends CorrectionCommand {
    @Parameters(index = "1", paramLabel = "ID", description = "The other fact.")
    private String other;

    @Override
    void complete(ObjectNode request) {
      request.put("other", other);
    }
  }
}
