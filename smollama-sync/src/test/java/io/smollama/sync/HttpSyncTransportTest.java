package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.core.SyncTransport.Call;
import io.smollama.testkit.SyncPeer;
import io.smollama.testkit.SyncTransportContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSyncTransportTest extends SyncTransportContract {
  private static final String TOKEN = "secret-of-the-kitchen";

  private final List<AutoCloseable> open = new ArrayList<>();

  @Override
  protected SyncTransport connect(SyncPeer peer) throws IOException {
    return to(keep(HttpPeer.answering(peer)).address());
  }

  private static HttpSyncTransport to(URI address) {
    return HttpSyncTransport.open(HttpSyncConfig.of(address, Optional.of(TOKEN)));
  }

  private HttpPeer keep(HttpPeer peer) {
    open.add(peer);
    return peer;
  }

  @AfterEach
  void closePeers() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  @Test
  void usesOneConnectionAndSendsItsToken() throws IOException {
    HttpPeer peer = keep(HttpPeer.answering((call, message) -> message));
    try (SyncTransport transport = to(peer.address())) {
      for (int i = 0; i < 5; i++) {
        transport.ask(Call.PUSH, new byte[] {1});
      }
    }
    assertThat(new HashSet<>(peer.connections)).hasSize(1);
    assertThat(peer.authorizations).hasSize(5).containsOnly("Bearer " + TOKEN);
  }

  @Test
  void neverFollowsARedirectWithItsToken() throws IOException {
    HttpPeer thief = keep(HttpPeer.answering((call, message) -> message));
    for (int status : List.of(301, 302, 307, 308)) {
      HttpPeer peer =
          keep(
              HttpPeer.start(
                  exchange -> {
                    String to = thief.address() + exchange.getRequestURI().getPath();
                    exchange.getResponseHeaders().set("Location", to);
                    exchange.sendResponseHeaders(status, -1);
                  }));
      SyncException failure = failure(to(peer.address()));
      assertThat(failure.fault()).isEqualTo(Fault.BROKEN);
      assertThat(failure).hasMessageContaining("sends elsewhere, to " + thief.address());
    }
    assertThat(thief.authorizations).isEmpty();
  }

  @Test
  void aBombInTheAnswerIsCutAtTheLimit() throws IOException {
    byte[] bomb = SyncWire.gzip(new byte[100 << 20]);
    HttpPeer peer =
        keep(
            HttpPeer.start(
                exchange -> {
                  exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                  HttpPeer.send(exchange, 200, bomb);
                }));
    SyncException failure = failure(to(peer.address()));
    assertThat(failure.fault()).isEqualTo(Fault.BROKEN);
    assertThat(failure).hasMessageContaining("at most 1048576 bytes");
  }

  @Test
  void anAnswerThatBreaksOffIsNoAnswer() throws IOException {
    HttpPeer peer =
        keep(
            HttpPeer.start(
                exchange -> {
                  exchange.sendResponseHeaders(200, 1_000);
                  exchange.getResponseBody().write(new byte[10]);
                  exchange.getResponseBody().flush();
                }));
    assertThat(failure(to(peer.address())).fault()).isEqualTo(Fault.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "404, BROKEN, text/html, <html>no</html>, HTTP 404",
    "500, BROKEN, text/plain, it broke, HTTP 500 it broke",
    "502, UNREACHABLE, text/html, <html>no</html>, HTTP 502",
    "429, BUSY, application/json, '{\"error\":\"slow down\"}', HTTP 429 slow down",
  })
  void whatComesFromABalancerIsToldInALine(
      int status, Fault fault, String type, String body, String says) throws IOException {
    HttpPeer peer =
        keep(
            HttpPeer.start(
                exchange -> {
                  exchange.getResponseHeaders().set("Content-Type", type);
                  HttpPeer.send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
                }));
    SyncException failure = failure(to(peer.address()));
    assertThat(failure.fault()).isEqualTo(fault);
    assertThat(failure.getMessage()).startsWith(peer.address() + ": " + says).hasLineCount(1);
  }

  @Test
  void aServerThatIsAwayIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    SyncException failure = failure(to(URI.create("http://127.0.0.1:" + port)));
    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessage("http://127.0.0.1:" + port + ": not reachable");
  }

  @Test
  void aStrangersCertificateIsNotTrusted(@TempDir Path folder) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder.resolve("key.p12"))));
    server.start();
    open.add(() -> server.stop(0));
    SyncException failure =
        failure(to(URI.create("https://127.0.0.1:" + server.getAddress().getPort())));
    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessageContaining("check the certificate");
  }

  private static SSLContext selfSigned(Path file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String options =
        "-genkeypair -alias a -keyalg EC -dname CN=127.0.0.1 -storepass changeit -keystore ";
    List<String> command = new ArrayList<>(List.of((keytool + " " + options).strip().split(" ")));
    command.add(file.toString());
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aServerThatStandsStillIsGivenUp() throws IOException {
    CountDownLatch release = new CountDownLatch(1);
    HttpPeer peer =
        keep(
            HttpPeer.answering(
                (call, message) -> {
                  try {
                    release.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return message;
                }));
    HttpSyncConfig config =
        new HttpSyncConfig(
            peer.address(), Optional.empty(), Duration.ofMinutes(1), Duration.ofMillis(200));
    SyncException failure = failure(HttpSyncTransport.open(config));
    release.countDown();
    assertThat(failure.fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure).hasMessage(peer.address() + ": no answer in time");
    assertThat(peer.authorizations).containsOnly("null");
  }

  @Test
  void aProxyIsNotUsedToThisMachine() throws IOException {
    HttpPeer peer = keep(HttpPeer.answering((call, message) -> message));
    HttpPeer proxy = keep(HttpPeer.start(exchange -> HttpPeer.send(exchange, 500, new byte[0])));
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", proxy.address().getPort());
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(ProxySelector.of(address));
    try (SyncTransport transport = to(peer.address());
        SyncTransport elsewhere = to(URI.create("http://llama.example:8080"))) {
      assertThat(transport.ask(Call.HELLO, new byte[] {7})).containsExactly(7);
      assertThat(failure(elsewhere)).hasMessageContaining("HTTP 500");
    } finally {
      ProxySelector.setDefault(before);
    }
    assertThat(proxy.authorizations).hasSize(1);
  }

  private static SyncException failure(SyncTransport transport) {
    try (transport) {
      return catchThrowableOfType(
          SyncException.class, () -> transport.ask(Call.HELLO, new byte[] {1}));
    }
  }
}
