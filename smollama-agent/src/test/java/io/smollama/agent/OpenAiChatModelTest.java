package io.smollama.agent;

import static io.smollama.agent.FakeHttp.End.BROKEN;
import static io.smollama.agent.FakeHttp.End.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatModelTest {
  private static final ChatRequest HELLO =
      new ChatRequest(List.of(ChatMessage.user("Hello")), 50, Duration.ofMinutes(1));
  private static final ChatRequest WITH_TOOL =
      HELLO.withTools(List.of(new ToolSpec("read", "Reads.", "{\"type\":\"object\"}")));

  private FakeOpenAi server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeOpenAi(true);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void aLlamaServerTellsItsContextAndTakesItsAdditions() {
    try (OpenAiChatModel model = model()) {
      assertThat(model.capabilities())
          .contains(new ChatCapabilities("qwen3", true, true, false, OptionalInt.of(4096)));
      assertThat(model.state()).isEqualTo("model qwen3");
      model.chat(HELLO);
    }
    assertThat(server.chatBodies().get(0))
        .contains("\"max_tokens\":50", "\"chat_template_kwargs\":{\"enable_thinking\":false}");
  }

  @Test
  void anotherServerIsSpokenToInPlainOpenAi() throws Exception {
    try (FakeOpenAi other = new FakeOpenAi(false);
        OpenAiChatModel model =
            new OpenAiChatModel(
                new OpenAiConfig(
                    other.address() + "/v1",
                    Optional.of("b"),
                    Optional.of("secret"),
                    Duration.ofMinutes(1)))) {
      assertThat(model.chat(HELLO).model()).isEqualTo("b");
      assertThat(model.capabilities().orElseThrow().contextTokens()).isEmpty();
      assertThat(other.chatBodies().get(0)).doesNotContain("chat_template_kwargs");
      assertThat(other.http.header("Authorization")).isEqualTo("Bearer secret");
    }
  }

  @Test
  void theKeyIsNotShown() {
    OpenAiConfig config =
        new OpenAiConfig("h", Optional.empty(), Optional.of("secret"), Duration.ofMinutes(1));
    assertThat(config.toString()).doesNotContain("secret");
    assertThat(OpenAiConfig.at("http://pi:8080/v1/").address()).hasToString("http://pi:8080");
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    try (OpenAiChatModel model =
        new OpenAiChatModel(
            new OpenAiConfig(
                server.address(), Optional.of("x"), Optional.empty(), Duration.ofMinutes(1)))) {
      assertThat(model.available()).isEmpty();
      assertThat(model.models()).containsExactly("qwen3", "b");
      assertThat(model.state()).isEqualTo("model x is not there; there are: [qwen3, b]");
    }
  }

  @Test
  void callsArePutTogetherFromDeltasByTheirIndex() {
    server.callsInPieces("read");
    try (OpenAiChatModel model = model()) {
      assertThat(model.chat(WITH_TOOL).toolCalls())
          .containsExactly(
              new ToolCall("c1", "read", "{\"source\":\"hall\"}"),
              new ToolCall("call_1_1", "read", "{}"));
    }
  }

  @Test
  void toolsCallsResultsAndFormatTravelInOpenAisForm() {
    ToolCall call = new ToolCall("c1", "read", "{\"source\":\"hall\"}");
    try (OpenAiChatModel model = model()) {
      model.chat(
          new ChatRequest(
              List.of(
                  ChatMessage.user("?"),
                  ChatMessage.assistant("", List.of(call)),
                  ChatMessage.toolResult(call, "21")),
              9,
              Duration.ofMinutes(1)));
      model.chat(HELLO.withFormat("{\"type\":\"object\"}"));
    }
    JsonNode body = FakeOllama.json(server.chatBodies().get(0));
    assertThat(body.path("messages").path(1).path("tool_calls").toString())
        .isEqualTo(
            "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"read\","
                + "\"arguments\":\"{\\\"source\\\":\\\"hall\\\"}\"}}]");
    assertThat(body.path("messages").path(2).toString())
        .isEqualTo("{\"role\":\"tool\",\"content\":\"21\",\"tool_call_id\":\"c1\"}");
    assertThat(server.chatBodies().get(1))
        .contains(
            "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":"
                + "{\"name\":\"answer\",\"schema\":{\"type\":\"object\"}}}");
  }

  @Test
  void thoughtsComeApartAndAnEndWithoutTheLastMarkIsAnEnd() {
    server.sends(
        WHOLE,
        FakeOpenAi.delta("{\"reasoning_content\":\"Hm.\"}", ""),
        FakeOpenAi.word("Warm."),
        FakeOpenAi.delta("{}", "stop"));
    try (OpenAiChatModel model = model()) {
      ChatReply reply = model.chat(HELLO.withThinking());
      assertThat(reply.thoughts()).isEqualTo("Hm.");
      assertThat(reply.text()).isEqualTo("Warm.");
      assertThat(reply.answerTokens()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "503|{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}|try again in a minute|true",
        "400|{\"error\":{\"message\":\"the request exceeds the available context size\"}}|fewer words|false",
        "401|{\"error\":{\"message\":\"Invalid API Key\"}}|Invalid API Key; check the key|false",
        "502|<html>|HTTP 502|true"
      })
  void aRefusalIsNamedWithItsFix(int status, String body, String named, boolean retryable) {
    server.refuses(status, body);
    failure(named, retryable);
  }

  @Test
  void whatGoesWrongInTheMidstIsNamed() {
    server.sends(WHOLE, FakeOpenAi.word("Once "), "data: {\"error\":{\"message\":\"slot lost\"}}");
    failure("slot lost", true);
    server.sends(WHOLE, FakeOpenAi.word("Once "), "error: {\"message\":\"slot lost\"}");
    failure("slot lost", true);
    server.sends(WHOLE, FakeOpenAi.word("Once "), "data: [DONE]");
    failure("the answer broke off", true);
    server.sends(BROKEN, FakeOpenAi.word("Once "));
    failure("the answer broke off", true);
    server.sends(WHOLE, "data: nonsense");
    failure("no JSON: 'nonsense'", true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"content\":\"more and more words \"}",
        "{\"reasoning_content\":\"hm hm hm hm \"}",
        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"and more \"}}]}"
      })
  void anAnswerWithoutEndIsCut(String delta) throws Exception {
    server.neverEnds(FakeOpenAi.delta(delta, ""));
    try (OpenAiChatModel model = model()) {
      assertThat(model.chat(WITH_TOOL).ending()).isEqualTo(ChatReply.Ending.SIZE);
    }
    assertThat(server.http.sawClientGo()).isTrue();
  }

  private void failure(String named, boolean retryable) {
    try (OpenAiChatModel model = model()) {
      assertThatExceptionOfType(ChatException.class)
          .isThrownBy(() -> model.chat(HELLO))
          .withMessageContaining(named)
          .matches(e -> e.isRetryable() == retryable, "retryable " + retryable);
    }
  }

  private OpenAiChatModel model() {
    return new OpenAiChatModel(OpenAiConfig.at(server.address()));
  }
}
