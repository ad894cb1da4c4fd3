package io.smollama.dashboard;

import io.smollama.core.Frontier;
import io.smollama.sync.CreditAccounts;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.sync.PythonSyncService;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.SyncMessage;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncScope;
import io.smollama.sync.SyncService;
import io.smollama.sync.SyncWire;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server to which nodes come, over a journal in a folder of the test. */
abstract class SyncServerFixture {
  static final SyncServerConfig ANY_PORT = new SyncServerConfig("127.0.0.1", 0, 1, SyncScope.ALL);

  final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;
  boolean open;
  SqliteJournal journal;
  SyncService service;
  PythonSyncService pythonNodes;
  SyncServer server;

  @BeforeEach
  void start() {
    journal =
        SqliteJournal.open(folder.resolve("journal.sqlite"), ReplicaSetup.ofThisMachine("llama"));
    CreditAccounts credits = new CreditAccounts(1_000_000, System::nanoTime);
    service = new SyncService(journal.replica(), this::admit, credits);
    pythonNodes =
        PythonSyncService.open(
            folder.resolve("python-nodes.sqlite"),
            journal.replica(),
            this::admit,
            credits,
            ZoneOffset.UTC,
            text -> Optional.empty());
    server = SyncServer.start(ANY_PORT, service, Optional.of(pythonNodes));
  }

  @AfterEach
  void stop() {
    server.close();
    pythonNodes.close();
    journal.close();
  }

  private Admission admit(String token) {
    return switch (token) {
      case "good" -> new Admission.Admitted("kitchen");
      case "old" -> new Admission.Revoked("attic");
      case "" -> open ? new Admission.Admitted("this-machine") : new Admission.Unknown();
      default -> new Admission.Unknown();
    };
  }

  static byte[] hello(int version) {
    SyncMessage hello =
        new Hello(
            new TreeSet<>(Set.of(version)),
            new io.smollama.core.ReplicaId("00".repeat(15) + "07"),
            "kitchen",
            Frontier.EMPTY,
            Optional.empty());
    return SyncWire.encode(List.of(hello));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.address().resolve(path));
  }

  HttpResponse<String> post(byte[] body, String... headers) throws Exception {
    return http.send(
        request("/api/sync/v2/hello")
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }
}
