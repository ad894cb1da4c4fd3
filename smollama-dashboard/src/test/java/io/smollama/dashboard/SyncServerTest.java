package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import io.smollama.core.SyncException;
import io.smollama.core.SyncTransport.Call;
import io.smollama.sync.HttpSyncConfig;
import io.smollama.sync.HttpSyncTransport;
import io.smollama.sync.Limits;
import io.smollama.sync.PythonSyncService;
import io.smollama.sync.SyncMessage;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncScope;
import io.smollama.sync.SyncWire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncServerTest extends SyncServerFixture {
  @Test
  void aNodeWithATokenIsAnswered() {
    journal.replica().append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")));
    HttpSyncConfig config = HttpSyncConfig.of(server.address(), Optional.of("good"));
    try (HttpSyncTransport transport = HttpSyncTransport.open(config)) {
      List<SyncMessage> answer = SyncWire.decode(transport.ask(Call.HELLO, hello(2)));
      assertThat(answer).hasSize(1);
      assertThat(((HelloReply) answer.get(0)).credit()).isEqualTo(1_000_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer bad,401,no such token",
    "Bearer old,403,revoked",
    "Basic good,401,no token came"
  })
  void whoHasNoGoodTokenIsTurnedAway(String authorization, int status, String words)
      throws Exception {
    HttpResponse<String> answer = post(hello(2), "Authorization", authorization);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void whatIsTooLargeIsRefusedPackedOrNotAndTheConnectionGoesOn() throws Exception {
    byte[] plain = new byte[Limits.MESSAGE_BYTES + 1];
    HttpResponse<String> answer = post(plain, "Authorization", "Bearer good");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("send less at once");
    byte[] bomb = SyncWire.gzip(new byte[200 << 20]);
    assertThat(post(bomb, "Authorization", "Bearer good", "Content-Encoding", "gzip").statusCode())
        .isEqualTo(413);
    assertThat(post(hello(2), "Authorization", "Bearer good").statusCode()).isEqualTo(200);
  }

  @Test
  @Timeout(60)
  void aLengthBeyondAllReasonIsRefusedWithoutWaitingForIt() throws Exception {
    assertThat(raw("Content-Length: 5000000000\r\nAuthorization: Bearer good\r\n"))
        .contains(" 413 ");
    assertThat(raw("Content-Length: 5000000000\r\n")).contains(" 401 ");
  }

  private String raw(String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      String request = "POST /api/sync/v2/push HTTP/1.1\r\nHost: x\r\n" + headers + "\r\nabc";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      return Node.line(socket.getInputStream());
    }
  }

  @Test
  void aNodeWithSmollamaForPythonIsAnsweredByTheTokenInItsAddress() throws Exception {
    String push =
        """
        {"node_id":"pi","entries":[{"id":"a","lamport_ts":1,"node_id":"pi","event_type":"memory",
        "payload":{"text":"hello"},"created_at":"2026-03-01T12:00:00.000001","synced_at":null}]}""";
    assertThat(ofPython("/n/good/api/sync/push", push).body())
        .isEqualTo("{\"accepted_ids\":[\"a\"]}");
    journal
        .replica()
        .append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{\"text\":\"warm\"}")));
    String pull = "/n/good/api/sync/pull?since=1&limit=100";
    HttpResponse<String> pulled = http.send(request(pull).build(), BodyHandlers.ofString());
    assertThat(pulled.body()).contains("\"text\":\"warm\"").doesNotContain("hello");
    assertThat(pulled.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(ofPython("/n/bad/api/sync/push", push).statusCode()).isEqualTo(401);
    assertThat(ofPython("/n/old/api/sync/push", push).statusCode()).isEqualTo(403);
    assertThat(ofPython("/n/good/api/sync/push", "{").statusCode()).isEqualTo(400);
    String large = " ".repeat(PythonSyncService.MOST_BODY_BYTES + 1);
    assertThat(ofPython("/n/good/api/sync/push", large).statusCode()).isEqualTo(413);
    assertThat(ofPython("/api/sync/push", push).statusCode()).isEqualTo(401);
    open = true;
    assertThat(ofPython("/api/sync/push", push).statusCode()).isEqualTo(200);
    assertThat(ofPython("/api/sync/push", push, "Via", "proxy").statusCode()).isEqualTo(401);
    assertThat(ofPython("/n/good/api/sync/status", push).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> ofPython(String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
    return http.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void anotherVersionIsToldWhichIsSpoken() throws Exception {
    HttpResponse<String> answer = post(hello(3), "Authorization", "Bearer good");
    assertThat(answer.statusCode()).isEqualTo(426);
    assertThat(answer.body()).contains("\"supported\":[2]");
    assertThat(answer.headers().firstValue("Upgrade")).contains("smollama-sync/2");
  }

  @Test
  void whereNoTokenIsAskedForProxiesStillNeedOne() throws Exception {
    open = true;
    assertThat(post(hello(2), "Accept", "*/*").statusCode()).isEqualTo(200);
    for (String header : List.of("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP")) {
      assertThat(post(hello(2), header, "203.0.113.7").statusCode()).as(header).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({"/,404", "/api/health,404", "/api/sync/status,404", "/api/sync/v2/hello,405"})
  void nothingElseIsThere(String path, int status) throws Exception {
    HttpResponse<String> answer = http.send(request(path).GET().build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  @Timeout(60)
  void whoSendsHalfAMessageKeepsNobodyElseWaiting() throws Exception {
    List<Socket> slow = new java.util.ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        Socket socket = new Socket("127.0.0.1", server.address().getPort());
        slow.add(socket);
        String head =
            "POST /api/sync/v2/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Length: 1000\r\n\r\nx";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(post(hello(2), "Authorization", "Bearer good").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aTakenPortIsExplained() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      SyncServerConfig config =
          new SyncServerConfig("127.0.0.1", taken.getLocalPort(), 1, SyncScope.ALL);
      assertThatThrownBy(() -> SyncServer.start(config, service, Optional.empty()))
          .isInstanceOf(DashboardException.class)
          .hasMessageContaining("the port is taken")
          .hasMessageContaining("sync.server.port");
    }
  }

  @Test
  void closingEndsItAtOnceAndTwiceIsNoHarm() {
    server.close();
    server.close();
    HttpSyncConfig config = HttpSyncConfig.of(server.address(), Optional.of("good"));
    try (HttpSyncTransport transport = HttpSyncTransport.open(config)) {
      assertThatThrownBy(() -> transport.ask(Call.HELLO, hello(2)))
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("not reachable");
    }
  }

  @Test
  void whatDribblesInIsBrokenOff() throws Exception {
    AtomicLong now = new AtomicLong();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            now.addAndGet(29_000_000_000L);
            return 'x';
          }
        };
    TimelyInputStream in = new TimelyInputStream(endless, now::get);
    for (int i = 0; i < 10; i++) {
      assertThat(in.read()).isEqualTo('x');
    }
    assertThat(in.read()).isEqualTo('x');
    assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("5 minutes");
  }
}
