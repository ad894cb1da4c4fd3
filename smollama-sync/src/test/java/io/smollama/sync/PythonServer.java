package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.sync.PeerDirectory.Admission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server of such nodes that a test makes up; its log outlives it, its file is on the disk. */
final class PythonServer implements AutoCloseable {
  private static final List<String> ENDS = List.of("", "-wal");

  InMemoryLogStore log;
  final Map<String, EntryId> facts = new HashMap<>();
  final CreditAccounts credits = new CreditAccounts(1L << 40, () -> 0);
  private final Path file;
  private final Supplier<ReplicaId> freshIds = Lines.freshIds();
  private long boot;
  private SharedReplica replica;
  private @Nullable PythonSyncService service;

  PythonServer(Path folder) {
    this(folder, Lines.store(100));
  }

  PythonServer(Path folder, InMemoryLogStore log) {
    this.file = folder.resolve("python-nodes.db");
    this.log = log;
    open(log);
  }

  /** Begins anew with what is on the disk, over the log or something around it. */
  void open(LogStore store) {
    if (service != null) {
      service.close();
    }
    Stamp now = new Stamp(++boot, 0, Optional.empty(), ClockQuality.UNKNOWN);
    replica = new SharedReplica(store, "llama", freshIds, () -> now);
    service =
        PythonSyncService.open(
            file,
            replica,
            PythonServer::admit,
            credits,
            ZoneId.of("Europe/Vienna"),
            text -> Optional.ofNullable(facts.get(text)));
  }

  private static Admission admit(String token) {
    return token.equals("bad") || token.isEmpty()
        ? new Admission.Unknown()
        : token.equals("old") ? new Admission.Revoked("attic") : new Admission.Admitted(token);
  }

  /** What its file holds now, to be put back later. */
  Map<String, byte[]> fileBackup() {
    Map<String, byte[]> backup = new HashMap<>();
    for (String end : ENDS) {
      Path part = file.resolveSibling(file.getFileName() + end);
      try {
        if (Files.exists(part)) {
          backup.put(end, Files.readAllBytes(part));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return backup;
  }

  void putBack(Map<String, byte[]> backup) {
    loseFile();
    service.close(); // what was made instead is taken away again
    backup.forEach(
        (end, bytes) -> {
          try {
            Files.write(file.resolveSibling(file.getFileName() + end), bytes);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    open(log);
  }

  void reopen() {
    open(log);
  }

  void loseFile() {
    service.close();
    try {
      for (String end : ENDS) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open(log);
  }

  Path file() {
    return file;
  }

  SharedReplica replica() {
    return replica;
  }

  PythonSyncService service() {
    return service;
  }

  PythonNode.Link link() {
    return request -> PythonNode.Link.to(service).ask(request);
  }

  /** Something that the server itself, or a node like it, came to know. */
  Entry know(String type, String payload) {
    return replica.append(ChainId.KNOWLEDGE, List.of(new NewEntry(type, payload))).get(0);
  }

  Entry observe(String text) {
    return know("obs.add", "{\"text\":\"" + text + "\",\"confidence\":700,\"node\":\"shed\"}");
  }

  @Override
  public void close() {
    service.close();
  }
}
