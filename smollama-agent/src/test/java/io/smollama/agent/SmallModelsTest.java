package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What small models are known to do wrong, as Ollama passes it on. */
class SmallModelsTest {
  private static final ChatRequest HOW_WARM =
      new ChatRequest(List.of(ChatMessage.user("How warm?")), 50, Duration.ofMinutes(1));
  private static final ChatRequest WITH_TOOL =
      HOW_WARM.withTools(
          List.of(
              new ToolSpec(
                  "read",
                  "Reads a sensor.",
                  "{\"type\":\"object\",\"properties\":{\"source\":{\"type\":\"string\"}}}")));

  private final List<String> heard = new ArrayList<>();
  private FakeOllama server;
  private OllamaChatModel model;

  @BeforeEach
  void start() throws Exception {
    server = new FakeOllama();
    model = new OllamaChatModel(server.config(Duration.ofMinutes(1)));
  }

  @AfterEach
  void stop() {
    model.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"read\", \"parameters\": {\"source\": \"hall\"}}",
        "```json\n{\"name\":\"read\",\"arguments\":{\"source\":\"hall\"}}\n```",
        "<tool_call>\n{\"name\":\"read\",\"arguments\":{\"source\":\"hall\"}}\n</tool_call>",
        "[read(source=\"hall\")]",
      })
  void aCallWrittenAsWordsIsACallAndNobodyHearsIt(String words) {
    server.answers(words);
    ChatReply reply = model.chat(WITH_TOOL, heard::add);
    assertThat(reply.toolCalls())
        .containsExactly(new ToolCall("call_1_0", "read", "{\"source\":\"hall\"}"));
    assertThat(reply.text()).isEmpty();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"erase\", \"parameters\": {\"source\": \"read\"}}",
        "You could call {\"name\":\"read\",\"arguments\":{\"source\":\"hall\"}}",
        "[1] The hall has 21 °C."
      })
  void whatIsNoCallOfAnOfferedToolStaysWords(String words) {
    server.answers(words);
    ChatReply reply = model.chat(WITH_TOOL, heard::add);
    assertThat(reply.toolCalls()).isEmpty();
    assertThat(reply.text()).isEqualTo(words);
    assertThat(String.join("", heard)).isEqualTo(words);
  }

  @Test
  void withoutToolsNothingIsTakenForACall() {
    server.answers("{\"name\": \"read\", \"parameters\": {}}");
    assertThat(model.chat(HOW_WARM).toolCalls()).isEmpty();
  }

  @Test
  void anEmptyAnswerIsToldAsOneWithTheThoughtsBeforeIt() {
    server.sends(
        FakeHttp.End.WHOLE,
        "{\"message\":{\"content\":\"\",\"thinking\":\"I shall call \"},\"done\":false}",
        "{\"message\":{\"content\":\"\",\"thinking\":\"read.\"},\"done\":false}",
        FakeOllama.WHOLE);
    ChatReply reply = model.chat(WITH_TOOL.withThinking(), heard::add);
    assertThat(reply.text()).isEmpty();
    assertThat(reply.toolCalls()).isEmpty();
    assertThat(reply.thoughts()).isEqualTo("I shall call read.");
    assertThat(heard).isEmpty();
  }

  @Test
  void anInventedToolAndWrongTypesArePassedOnAsTheyAre() {
    calls(
        "{\"id\":\"call_x\",\"function\":{\"name\":\"Read\",\"arguments\":{\"n\":\"3\",\"on\":\"true\"}}}");
    assertThat(model.chat(WITH_TOOL).toolCalls())
        .containsExactly(new ToolCall("call_x", "Read", "{\"n\":\"3\",\"on\":\"true\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"{\\\"source\\\":\\\"hall\\\"}\"|{\"source\":\"hall\"}",
        "\"hall\"|hall",
        "\"\"|{}",
        "null|{}",
        "[1]|[1]"
      })
  void argumentsWithinAStringAreTakenOutOfIt(String sent, String given) {
    calls("{\"function\":{\"name\":\"read\",\"arguments\":%s}}".formatted(sent));
    assertThat(model.chat(WITH_TOOL).toolCalls().get(0).arguments()).isEqualTo(given);
  }

  @Test
  void callsOfSeveralPiecesAddUpAndTheSameCallTwiceStaysTwo() {
    String call = "{\"function\":{\"name\":\"read\",\"arguments\":{}}}";
    String part =
        "{\"message\":{\"content\":\"\",\"tool_calls\":[%s]},\"done\":false}".formatted(call);
    server.sends(FakeHttp.End.WHOLE, part, part, FakeOllama.WHOLE);
    assertThat(model.chat(WITH_TOOL).toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("call_1_0", "call_1_1");
  }

  @Test
  void anAnswerWithoutEndIsBoundedByTheServerToo() {
    model.chat(WITH_TOOL);
    assertThat(server.chatBodies().get(0)).contains("\"num_predict\":50");
  }

  @Test
  void aModelWithoutToolsSaysSoBeforeAndWhenAsked() {
    server.refuses(
        400, "{\"error\":\"registry.ollama.ai/library/gemma3:4b does not support tools\"}");
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> model.chat(WITH_TOOL))
        .withMessageContaining("ask without tools")
        .matches(e -> !e.isRetryable());
    assertThat(model.capabilities().orElseThrow().tools()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'<think>Hm.</think>\n\nIt is warm.', It is warm., Hm.",
    "'Hm. </think> It is warm.', It is warm., Hm.",
    "'  <think> Hm. ', '', Hm.",
    "<b>Warm</b>, <b>Warm</b>, ''",
    "'<thin ice', '<thin ice', ''"
  })
  void thoughtsAreLeftOutOfTheWords(String said, String text, String thoughts) {
    server.answers(said);
    ChatReply reply = model.chat(HOW_WARM, heard::add);
    assertThat(reply.text()).isEqualTo(text);
    assertThat(reply.thoughts()).isEqualTo(thoughts);
    if (!said.startsWith("Hm")) {
      assertThat(String.join("", heard).strip()).isEqualTo(text);
    }
  }

  @Test
  void aFormatAndToolsAreNeverAskedForTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WITH_TOOL.withFormat("{\"type\":\"object\"}"))
        .withMessageContaining("not for both");
    assertThat(server.chatBodies()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"```json\n{\"a\": 1}\n```", "\n{\"a\": 1}  \n\n"})
  void anAnswerInAFormatComesWithoutFenceAndBlanks(String said) {
    server.answers(said);
    assertThat(model.chat(HOW_WARM.withFormat("{\"type\":\"object\"}")).text())
        .isEqualTo("{\"a\": 1}");
  }

  @Test
  void anAnswerThatIgnoresTheFormatIsPassedOnForTheCallerToRefuse() {
    server.answers("It is warm.");
    assertThat(model.chat(HOW_WARM.withFormat("{\"type\":\"object\"}")).text())
        .isEqualTo("It is warm.");
  }

  private void calls(String call) {
    server.sends(
        FakeHttp.End.WHOLE,
        "{\"message\":{\"content\":\"\",\"tool_calls\":[%s]},\"done\":false}".formatted(call),
        FakeOllama.WHOLE);
  }
}
