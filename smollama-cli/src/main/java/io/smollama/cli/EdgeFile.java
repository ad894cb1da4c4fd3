package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.FileFailure;
import io.smollama.dashboard.PartHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What an edge node tells of itself to the commands beside it, which cannot ask it: a file in the
 * state folder while it runs, written when the state of a part changed. Immutable.
 *
 * @param content {@code node_name}, {@code pid}, {@code topic}, {@code components}
 */
record EdgeFile(JsonNode content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static EdgeFile of(String node, String topic, List<PartHealth> parts) {
    ObjectNode content =
        JSON.createObjectNode()
            .put("node_name", node)
            .put("pid", ProcessHandle.current().pid())
            .put("topic", topic);
    ObjectNode components = content.putObject("components");
    for (PartHealth part : parts) {
      components.putObject(part.part()).put("state", part.state().word()).put("says", part.says());
    }
    return new EdgeFile(content);
  }

  long pid() {
    return content.path("pid").asLong();
  }

  String topic() {
    return content.path("topic").asText();
  }

  void write(Path file) {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, content + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("%s: cannot be written (%s)".formatted(file, FileFailure.reason(e)), e);
    }
  }

  /** The edge node that runs on a folder; empty if none does. */
  static Optional<EdgeFile> running(StateFolder state) {
    try {
      EdgeFile file = new EdgeFile(JSON.readTree(Files.readString(state.edgeFile())));
      return Optional.of(file)
          .filter(edge -> ProcessHandle.of(edge.pid()).map(ProcessHandle::isAlive).orElse(false));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static void delete(Path file) {
    NodeFile.delete(file);
  }

  /** Why a command that needs a memory cannot be served. */
  UserError refusal(StateFolder state) {
    return new UserError(
        "An edge node runs on %s, process %d: it only says under %s what it senses, and keeps nothing that can be asked for"
            .formatted(state.path(), pid(), topic()));
  }
}
