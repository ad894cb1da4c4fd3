package io.smollama.agent;

import static io.smollama.agent.FakeHttp.End.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  class Choice {
    @Test
    void unlessToldItTakesTheSmallestThatCanChat() {
      try (OllamaChatModel model = model("")) {
        assertThat(model.available()).contains("tiny:1b");
        assertThat(model.state()).isEqualTo("model tiny:1b, the smallest installed");
      }
    }

    @Test
    void aModelThatIsNotThereIsNamedWithTheFix() {
      try (OllamaChatModel model = model("llama3.2:1b")) {
        assertThat(model.available()).isEmpty();
        assertThat(model.state()).contains("ollama pull llama3.2:1b", "tiny:1b");
        assertThatExceptionOfType(ChatException.class)
            .isThrownBy(() -> model.chat(HELLO))
            .withMessageContaining("ollama pull llama3.2:1b")
            .matches(e -> !e.isRetryable());
      }
    }

    @Test
    void tagLatestIsImplied() {
      try (OllamaChatModel model = model("talker")) {
        assertThat(model.available()).contains("talker:latest");
      }
    }

    @Test
    void aModelThatCannotChatIsNotTaken() {
      try (OllamaChatModel model = model("embedder")) {
        assertThat(model.available()).isEmpty();
        assertThat(model.state()).contains("embedder:latest cannot chat");
      }
    }

    @Test
    void anAbsentServerIsToldInTwoWords() throws Exception {
      OllamaConfig here = config("", "5m");
      OllamaConfig away =
          new OllamaConfig(
              Optional.of(FakeHttp.unusedAddress()),
              here.host(),
              here.port(),
              here.model(),
              "5m",
              2048,
              1024,
              here.stallTimeout());
      try (OllamaChatModel model = new OllamaChatModel(away)) {
        assertThat(model.state()).isEqualTo("not reachable");
      }
    }

    @Test
    void whatAModelCanDoIsKnownWithinTheContextThatItIsGiven() {
      try (OllamaChatModel model = model("big:8b")) {
        assertThat(model.capabilities())
            .contains(new ChatCapabilities("big:8b", true, true, true, OptionalInt.of(2048)));
      }
    }

    @Test
    void capabilitiesAreAskedOnceForEachDigest() {
      OllamaConfig config = config("tiny:1b", "5m");
      OllamaServer ollama = new OllamaServer(config);
      OllamaModels models = new OllamaModels(ollama, config, Duration.ZERO);
      models.current();
      models.current();
      assertThat(server.http.bodies("/api/tags")).hasSize(2);
      assertThat(server.http.bodies("/api/show")).hasSize(1);
      server.pulledAnew();
      assertThat(models.current().model()).isPresent();
      assertThat(server.http.bodies("/api/show")).hasSize(2);
      ollama.close();
    }
  }

  @Nested
  class Requests {
    @ParameterizedTest
    @CsvSource({"-1, -1", "30m, ~30m~", "0, 0", "-1m, ~-1m~"})
    void areBoundedAndKeepAliveIsNumericOrHasAUnit(String keepAlive, String sent) {
      try (OllamaChatModel model = new OllamaChatModel(config("tiny:1b", keepAlive))) {
        model.chat(HELLO);
        model.chat(new ChatRequest(HELLO.messages(), 5000, HELLO.deadline()).withThinking());
      }
      try (OllamaChatModel thinker = model("big:8b")) {
        thinker.chat(HELLO.withThinking());
      }
      assertThat(server.chatBodies().get(0))
          .contains(
              "\"num_predict\":50", "\"num_ctx\":2048", "\"think\":false", "\"truncate\":false")
          .contains("\"keep_alive\":" + sent.replace('~', '"'));
      assertThat(server.chatBodies().get(1)).contains("\"num_predict\":1024", "\"think\":false");
      assertThat(server.chatBodies().get(2)).contains("\"think\":true");
    }

    @Test
    void carryToolsCallsAndResultsInOllamasForm() {
      ToolCall call = new ToolCall("call_7", "read", "{\"source\":\"hall\",\"at\":21.30}");
      ChatRequest request =
          new ChatRequest(
                  List.of(
                      ChatMessage.user("How warm?"),
                      ChatMessage.assistant("", List.of(call)),
                      ChatMessage.toolResult(call, "21.3 °C")),
                  50,
                  Duration.ofMinutes(1))
              .withTools(List.of(new ToolSpec("read", "Reads.", "{\"type\":\"object\"}")));
      try (OllamaChatModel model = model("tiny:1b")) {
        model.chat(request);
      }
      JsonNode body = FakeOllama.json(server.chatBodies().get(0));
      assertThat(body.path("messages").path(1).path("tool_calls").toString())
          .isEqualTo(
              "[{\"id\":\"call_7\",\"function\":{\"name\":\"read\","
                  + "\"arguments\":{\"source\":\"hall\",\"at\":21.30}}}]");
      assertThat(body.path("messages").path(2).toString())
          .isEqualTo(
              "{\"role\":\"tool\",\"content\":\"21.3 °C\",\"tool_name\":\"read\",\"tool_call_id\":\"call_7\"}");
      assertThat(body.path("tools").toString())
          .isEqualTo(
              "[{\"type\":\"function\",\"function\":{\"name\":\"read\",\"description\":\"Reads.\","
                  + "\"parameters\":{\"type\":\"object\"}}}]");
      assertThat(body.has("format")).isFalse();
    }

    @Test
    void carryTheFormatAsASchemaAndWithoutTools() {
      try (OllamaChatModel model = model("tiny:1b")) {
        model.chat(HELLO.withFormat("{\"type\":\"object\"}"));
        assertThat(server.chatBodies().get(0))
            .contains("\"format\":{\"type\":\"object\"}")
            .doesNotContain("tools");
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> model.chat(HELLO.withFormat("{type}")))
            .withMessageContaining("{type}");
      }
    }

    @Test
    void warmingUpLoadsTheModelWithTheSameContext() {
      try (OllamaChatModel model = model("tiny:1b")) {
        model.warmUp(Duration.ofMinutes(5));
      }
      assertThat(FakeOllama.json(server.chatBodies().get(0)).toString())
          .contains("\"messages\":[]", "\"options\":{\"num_ctx\":2048}", "\"keep_alive\":\"5m\"");
    }

    @Test
    void anAnswerInOnePieceAndAnEndWithoutMessageAreRead() {
      server.sends(WHOLE, FakeOllama.word("Hello. "), "", "{\"done\":true,\"eval_count\":2}");
      try (OllamaChatModel model = model("tiny:1b")) {
        assertThat(model.chat(HELLO).text()).isEqualTo("Hello.");
        assertThat(model.chat(HELLO).answerTokens()).hasValue(2);
        assertThat(model.chat(HELLO).promptTokens()).isEmpty();
      }
    }
  }

  private OllamaChatModel model(String name) {
    return new OllamaChatModel(config(name, "5m"));
  }

  private OllamaConfig config(String model, String keepAlive) {
    return new OllamaConfig(
        Optional.of(server.address()),
        "unused",
        11434,
        Optional.of(model).filter(name -> !name.isEmpty()),
        keepAlive,
        2048,
        1024,
        Duration.ofMinutes(1));
  }
}
