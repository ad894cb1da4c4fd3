package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.agent.Ask;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.Reading;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardTest {
  @TempDir Path folder;

  @Test
  void aTakenPortIsExplained() throws Exception {
    try (Node node = new Node(folder.resolve("a"), Optional.empty());
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Ask ask =
          new Ask(
              node.store,
              () -> node.readings,
              Optional.empty(),
              Optional.empty(),
              node.clock,
              ZoneOffset.UTC);
      NodeView view =
          new NodeView(
              "b",
              "1",
              node.store,
              ask,
              () -> node.readings,
              () -> node.health,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              node.clock,
              ZoneOffset.UTC);
      assertThatThrownBy(() -> Dashboard.start(new DashboardConfig(true, "127.0.0.1", port), view))
          .isInstanceOf(DashboardException.class)
          .hasMessageContaining("http://127.0.0.1:" + port)
          .hasMessageContaining("taken")
          .hasMessageContaining("--port or dashboard.port")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void closingTwiceIsHarmlessAndFreesThePort() throws Exception {
    Node node = new Node(folder, Optional.empty());
    int port = node.port();
    node.dashboard.close();
    node.close();
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
  void loopbackHostsAreTaken(String host) {
    assertThat(new DashboardConfig(true, host, 0).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.4", "pi.local", "127.0.0.1.example", ""})
  void hostsThatOthersReachAreRefusedWithTheWayOut(String host) {
    assertThatThrownBy(() -> new DashboardConfig(true, host, 8080))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("password or token")
        .hasMessageContaining("ssh -L 8080:127.0.0.1:8080 pi");
  }

  @Test
  void aPortOutOfBoundsIsNamed() {
    assertThatThrownBy(() -> new DashboardConfig(true, "localhost", 70_000))
        .hasMessageContaining("70000");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void questionsThatTakeLongLeaveRoomForThoseWhoLook() throws Exception {
    SlowModel model = new SlowModel();
    try (Node node = new Node(folder, Optional.of(model))) {
      node.readings.add(Reading.of("t:hall", 19.5, "celsius", node.clock.instant()));
      var first = ask(node);
      var second = ask(node);
      model.asked.await();
      HttpResponse<String> third = node.postJson("/api/ask", "{\"question\":\"hall\"}");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.body()).contains("Ask again in a moment");
      assertThat(node.get("/").statusCode()).isEqualTo(200);
      model.answer.countDown();
      assertThat(first.get().body()).contains("19.5");
      assertThat(second.get().statusCode()).isEqualTo(200);
      assertThat(node.postJson("/api/ask", "{\"question\":\"hall\"}").statusCode()).isEqualTo(200);
    }
  }

  private static CompletableFuture<HttpResponse<String>> ask(Node node) {
    return CompletableFuture.supplyAsync(
        () -> node.postJson("/api/ask", "{\"question\":\"hall\"}"),
        task -> new Thread(task).start());
  }

  private static final class SlowModel implements ChatModel {
    final CountDownLatch asked = new CountDownLatch(2);
    final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public Optional<ChatCapabilities> capabilities() {
      return Optional.of(new ChatCapabilities("slow", false, false, false, OptionalInt.empty()));
    }

    @Override
    public ChatReply chat(ChatRequest request, Consumer<String> listener) {
      asked.countDown();
      try {
        answer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return ChatReply.of("It is 19.5 °C.", "slow");
    }
  }
}
