package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatRequest;
import io.smollama.testkit.ChatModelContract;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaChatModelTest {
  private static final ChatRequest HELLO =
      new ChatRequest(List.of(ChatMessage.user("Hello")), 50, Duration.ofMinutes(1));

  private FakeOllama server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeOllama();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Nested
  class OnTheFakeServer extends ChatModelContract {
    @Override
    protected ChatModel open() {
      return model(Optional.of("tiny:1b"));
    }
  }

  @Nested
  @Tag("ollama")
  @EnabledIfEnvironmentVariable(
      named = "SMOLLAMA_TEST_OLLAMA",
      matches = ".+",
      disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
  class OnARealServer extends ChatModelContract {
    @Override
    protected ChatModel open() {
      return new OllamaChatModel(
          config(System.getenv("SMOLLAMA_TEST_OLLAMA"), Optional.empty(), Duration.ofMinutes(2)));
    }
  }

  @Nested
  class Choice {
    @Test
    void unlessToldItTakesTheSmallestThatCanChat() {
      try (OllamaChatModel model = model(Optional.empty())) {
        assertThat(model.available()).contains("tiny:1b");
        assertThat(model.state()).isEqualTo("model tiny:1b, the smallest installed");
      }
    }

    @Test
    void aModelThatIsNotThereIsNamedWithTheFix() {
      try (OllamaChatModel model = model(Optional.of("llama3.2:1b"))) {
        assertThat(model.available()).isEmpty();
        assertThat(model.state()).contains("ollama pull llama3.2:1b", "tiny:1b");
      }
    }

    @Test
    void tagLatestIsImplied() {
      try (OllamaChatModel model = model(Optional.of("talker"))) {
        assertThat(model.available()).contains("talker:latest");
      }
    }

    @Test
    void aModelThatCannotChatIsNotTaken() {
      try (OllamaChatModel model = model(Optional.of("embedder"))) {
        assertThat(model.available()).isEmpty();
        assertThat(model.state()).contains("embedder:latest cannot chat");
      }
    }

    @Test
    void anAbsentServerIsNoFailure() throws Exception {
      int unused;
      try (ServerSocket socket = new ServerSocket(0)) {
        unused = socket.getLocalPort();
      }
      try (OllamaChatModel model =
          new OllamaChatModel(config("http://127.0.0.1:" + unused, Optional.empty()))) {
        assertThat(model.available()).isEmpty();
        assertThat(model.state()).isEqualTo("not reachable");
        assertThatThrownBy(() -> model.chat(HELLO))
            .isInstanceOf(ChatException.class)
            .hasMessageContaining("not reachable");
      }
    }
  }

  @Nested
  class Requests {
    @ParameterizedTest
    @CsvSource({"-1, -1", "30m, \"\"\"30m\"\"\"", "0, 0"})
    void areBoundedAndKeepAliveIsNumericOrHasAUnit(String keepAlive, String sent) {
      OllamaConfig base = config(server.address(), Optional.of("tiny:1b"));
      OllamaConfig config =
          new OllamaConfig(
              base.baseUrl(), base.host(), 1, base.model(), keepAlive, 2048, base.stallTimeout());
      try (OllamaChatModel model = new OllamaChatModel(config)) {
        model.chat(HELLO);
      }
      assertThat(server.chatBodies.get(0))
          .contains("\"num_predict\":50", "\"num_ctx\":2048", "\"think\":false")
          .contains("\"keep_alive\":" + sent.replace("\"\"\"", "\""));
    }

    @Test
    void thoughtsAreLeftOut() {
      server.answers("I wonder. </think> It is 21 °C.");
      try (OllamaChatModel model = model(Optional.empty())) {
        assertThat(model.chat(HELLO).text()).isEqualTo("It is 21 °C.");
      }
    }
  }

  @Nested
  class Faults {
    @ParameterizedTest
    @CsvSource({
      "ERROR_IN_STREAM, runner process has terminated",
      "BREAKS_OFF, broke off",
      "PROXY_PAGE, HTTP 502",
      "SILENCE, no answer in time"
    })
    void areNamedAndCanBeTriedAgain(FakeOllama.Fault fault, String named) {
      server.fails(fault);
      try (OllamaChatModel model = model(Optional.empty())) {
        assertThatThrownBy(() -> model.chat(HELLO))
            .isInstanceOfSatisfying(ChatException.class, e -> assertThat(e.isRetryable()).isTrue())
            .hasMessageContaining(named);
      }
    }
  }

  @Nested
  class Addresses {
    @ParameterizedTest
    @CsvSource({
      "192.168.1.50, http://192.168.1.50:11434",
      "192.168.1.50:8000, http://192.168.1.50:8000",
      "http://pi, http://pi:80",
      "https://models.example/ollama/, https://models.example:443/ollama",
      "' \"localhost:1234\" ', http://127.0.0.1:1234",
      "0.0.0.0, http://127.0.0.1:11434",
      "[::1]:9000, http://[::1]:9000"
    })
    void areReadAsOllamaReadsThem(String text, String address) {
      assertThat(OllamaAddress.of(text, 11434)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "http://", "a b"})
    void thatAreNoneAreNamed(String text) {
      assertThatThrownBy(() -> config(text, Optional.empty())).hasMessageContaining(text);
    }
  }

  private OllamaChatModel model(Optional<String> name) {
    return new OllamaChatModel(config(server.address(), name));
  }

  private static OllamaConfig config(String address, Optional<String> model) {
    return config(address, model, Duration.ofMillis(400));
  }

  private static OllamaConfig config(String address, Optional<String> model, Duration stall) {
    return new OllamaConfig(Optional.of(address), "unused", 11434, model, "5m", 2048, stall);
  }
}
