package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatReply.Ending;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChatModel} does. One thread at a time. */
public abstract class ChatModelContract {
  private static final Duration LONG = Duration.ofMinutes(3);

  /** A tool that is offered; a model may call it or not. */
  protected static final ToolSpec READ_SOURCE =
      new ToolSpec(
          "read_source",
          "Reads what a sensor says now.",
          """
          {"type":"object","required":["source"],
           "properties":{"source":{"type":"string","description":"the name of the sensor"}}}
          """);

  /** A format that is asked for; its one answer is yes or no. */
  protected static final String YES_OR_NO =
      """
      {"type":"object","required":["answer"],
       "properties":{"answer":{"type":"string","enum":["yes","no"]}}}
      """;

  private final List<ChatModel> opened = new ArrayList<>();

  /** A model that can answer now, with at least twenty words if it is let. */
  protected abstract ChatModel open() throws Exception;

  /** A model whose server is away. */
  protected abstract ChatModel openAway() throws Exception;

  /** A model that answers a request for a format; a fake is told what to say. */
  protected ChatModel openForFormat() throws Exception {
    return open();
  }

  /** A model that answers when tools are offered; a fake is told to call {@code read_source}. */
  protected ChatModel openForTools() throws Exception {
    return open();
  }

  /** A model that cannot answer within fifty milliseconds. */
  protected ChatModel openSlow() throws Exception {
    return open();
  }

  @AfterEach
  final void closeModels() {
    for (ChatModel model : opened) {
      model.close();
      model.close();
    }
  }

  @Test
  void namesTheModelThatAnswers() throws Exception {
    ChatModel model = opened(open());
    ChatCapabilities can = model.capabilities().orElseThrow();
    assertThat(model.available()).contains(can.model());
    assertThat(model.chat(story(30)).model()).isEqualTo(can.model());
  }

  @Test
  void answersInWords() throws Exception {
    ChatReply reply = opened(open()).chat(story(30));
    assertThat(reply.text()).isNotBlank().isEqualTo(reply.text().strip());
    assertThat(reply.toolCalls()).isEmpty();
    assertThat(reply.message()).isEqualTo(ChatMessage.assistant(reply.text()));
  }

  @Test
  void keepsTheBoundOnLengthAndCountsTokens() throws Exception {
    ChatReply cut = opened(open()).chat(story(3));
    assertThat(cut.complete()).isFalse();
    assertThat(cut.ending()).isEqualTo(Ending.TOKENS);
    assertThat(cut.text().split("\\s+")).hasSizeLessThanOrEqualTo(3);
    cut.answerTokens().ifPresent(tokens -> assertThat(tokens).isBetween(1, 3));
    cut.promptTokens().ifPresent(tokens -> assertThat(tokens).isPositive());
  }

  @Test
  void tellsTheTextPieceByPieceOnTheCallersThread() throws Exception {
    List<String> pieces = new ArrayList<>();
    Thread caller = Thread.currentThread();
    ChatReply reply =
        opened(open())
            .chat(
                story(20),
                piece -> {
                  assertThat(Thread.currentThread()).isSameAs(caller);
                  pieces.add(piece);
                });
    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(String.join("", pieces).strip()).isEqualTo(reply.text());
  }

  @Test
  void aListenerThatThrowsEndsTheCall() throws Exception {
    List<String> pieces = new ArrayList<>();
    ChatModel model = opened(open());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () ->
                model.chat(
                    story(400),
                    piece -> {
                      pieces.add(piece);
                      throw new UnsupportedOperationException("enough");
                    }))
        .withMessage("enough");
    assertThat(pieces).hasSize(1);
  }

  @Test
  void closingEndsWhatIsUnderWayAndRefusesMore() throws Exception {
    ChatModel model = opened(open());
    List<String> pieces = new ArrayList<>();
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(
            () ->
                model.chat(
                    story(400),
                    piece -> {
                      pieces.add(piece);
                      model.close();
                    }))
        .withMessageContaining("closed")
        .matches(e -> !e.isRetryable());
    assertThat(pieces).hasSize(1);
    assertThat(model.capabilities()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> model.chat(story(3)));
  }

  @Test
  void anInterruptEndsTheCallAndStaysSet() throws Exception {
    ChatModel model = opened(open());
    try {
      assertThatExceptionOfType(ChatException.class)
          .isThrownBy(() -> model.chat(story(400), piece -> Thread.currentThread().interrupt()))
          .withMessageContaining("interrupted")
          .matches(e -> !e.isRetryable());
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aDeadlineEndsTheCall() throws Exception {
    ChatModel model = opened(openSlow());
    assertThat(model.available()).isPresent();
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(
            () -> model.chat(new ChatRequest(story(400).messages(), 400, Duration.ofMillis(50))))
        .withMessageContaining("no answer within")
        .matches(ChatException::isRetryable);
  }

  @Test
  void offeredToolsItCallsThemOrSpeaks() throws Exception {
    ChatReply reply =
        opened(openForTools())
            .chat(
                new ChatRequest(List.of(ChatMessage.user("How warm is the hall?")), 60, LONG)
                    .withTools(List.of(READ_SOURCE)));
    for (ToolCall call : reply.toolCalls()) {
      assertThat(call.id()).isNotBlank();
      assertThat(call.name()).isEqualTo("read_source");
      assertThat(call.arguments()).startsWith("{").endsWith("}");
    }
  }

  @Test
  void readsAConversationInWhichToolsWereCalled() throws Exception {
    ToolCall hall = new ToolCall("call_1_0", "read_source", "{\"source\":\"hall\"}");
    ToolCall odd = new ToolCall("call_1_1", "read_source", "hall, please");
    ChatReply reply =
        opened(open())
            .chat(
                new ChatRequest(
                        List.of(
                            ChatMessage.system("Tell long stories."),
                            ChatMessage.user("How warm is the hall? Tell a story about it."),
                            ChatMessage.assistant("", List.of(hall, odd)),
                            ChatMessage.toolResult(hall, "21.3 °C"),
                            ChatMessage.toolResult(odd, "error: the arguments are no JSON")),
                        20,
                        LONG)
                    .withTools(List.of(READ_SOURCE)));
    assertThat(reply.text() + reply.toolCalls()).isNotBlank();
  }

  @Test
  void keepsTheFormat() throws Exception {
    ChatReply reply =
        opened(openForFormat())
            .chat(
                new ChatRequest(
                        List.of(ChatMessage.user("Is 30 °C warm? Answer {\"answer\": yes or no}.")),
                        60,
                        LONG)
                    .withFormat(YES_OR_NO));
    assertThat(reply.text()).matches("\\{\\s*\"answer\"\\s*:\\s*\"(yes|no)\"\\s*}");
  }

  @Test
  void awayItSaysSoAndNamesItself() throws Exception {
    ChatModel model = opened(openAway());
    assertThat(model.available()).isEmpty();
    assertThat(model.capabilities()).isEmpty();
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> model.chat(story(3)))
        .matches(e -> !e.culprit().isBlank() && e.getMessage().startsWith(e.culprit() + ": "));
  }

  private ChatModel opened(ChatModel model) {
    opened.add(model);
    return model;
  }

  private static ChatRequest story(int maxTokens) {
    return new ChatRequest(
        List.of(
            ChatMessage.system("You tell long stories."),
            ChatMessage.user("Tell a long story about a kitchen.")),
        maxTokens,
        LONG);
  }
}
