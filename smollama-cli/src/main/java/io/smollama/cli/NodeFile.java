package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.FileFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a running node can be reached; lies in the state folder while it runs. Immutable.
 *
 * @param pid the node's process
 * @param address its web address
 */
record NodeFile(long pid, URI address) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void write(Path file) {
    try {
      String text =
          JSON.createObjectNode().put("pid", pid).put("address", address.toString()) + "\n";
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("%s: cannot be written (%s)".formatted(file, FileFailure.reason(e)), e);
    }
  }

  static Optional<NodeFile> read(Path file) {
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      String address = node.path("address").asText();
      return address.isEmpty()
          ? Optional.empty()
          : Optional.of(new NodeFile(node.path("pid").asLong(), URI.create(address)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // half written or meddled with: as if it were not there
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // a file that stays is recognised by the lock that nobody holds
    }
  }
}
