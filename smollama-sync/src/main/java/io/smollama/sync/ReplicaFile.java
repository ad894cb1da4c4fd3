package io.smollama.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.JournalException;
import io.smollama.core.ReplicaId;
import io.smollama.sync.ReplicaState.Lease;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code replica.json} beside the database. It is replaced whole: a temporary file reaches
 * the disk, takes the name, and then the folder reaches the disk, so that a power cut leaves the
 * old or the new text.
 */
final class ReplicaFile {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaFile.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FORMAT = 1;

  private final Path file;

  private ReplicaFile(Path file) {
    this.file = file;
  }

  static ReplicaFile in(Path folder) {
    return new ReplicaFile(folder.resolve("replica.json"));
  }

  /** What was written last; empty if there is none, or none that can be made sense of. */
  Optional<ReplicaState> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      JsonNode json = JSON.readTree(in.readAllBytes());
      if (json.path("format").asInt() > FORMAT) {
        throw new JournalException(
            file.toString(), "was written by a newer Smollama; upgrade this one", false);
      }
      return Optional.of(parse(json));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn("{} cannot be made sense of and counts as missing: {}", file, e.getMessage());
      return Optional.empty();
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  void write(ReplicaState state) {
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileOutputStream out = new FileOutputStream(next.toFile())) {
        out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(toJson(state)));
        out.getFD().sync();
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      FolderSync.sync(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private static ObjectNode toJson(ReplicaState state) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("replicaId", state.replica().hex());
    json.put("incarnation", state.incarnation());
    json.put("boot", state.boot());
    json.put("fingerprint", state.fingerprint());
    ObjectNode leases = json.putObject("leases");
    state
        .leases()
        .forEach(
            (stream, lease) ->
                leases
                    .putObject(Integer.toString(stream))
                    .put("from", lease.from())
                    .put("to", lease.to()));
    return json;
  }

  private static ReplicaState parse(JsonNode json) {
    TreeMap<Integer, Lease> leases = new TreeMap<>();
    for (var lease : json.path("leases").properties()) {
      leases.put(
          Integer.valueOf(lease.getKey()),
          new Lease(number(lease.getValue(), "from"), number(lease.getValue(), "to")));
    }
    return new ReplicaState(
        new ReplicaId(json.path("replicaId").asText()),
        number(json, "incarnation"),
        number(json, "boot"),
        json.path("fingerprint").asText(HardwareFingerprint.UNKNOWN),
        leases);
  }

  private static long number(JsonNode json, String name) {
    if (!json.path(name).canConvertToLong()) {
      throw new IllegalArgumentException("'" + name + "' is not a whole number");
    }
    return json.path(name).longValue();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
