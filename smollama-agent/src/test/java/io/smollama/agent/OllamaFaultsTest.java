package io.smollama.agent;

import static io.smollama.agent.FakeHttp.End.BROKEN;
import static io.smollama.agent.FakeHttp.End.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaFaultsTest {
  private static final ChatRequest HELLO =
      new ChatRequest(List.of(ChatMessage.user("Hello")), 50, Duration.ofMinutes(1));
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private FakeOllama server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeOllama();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "404|{\"error\":\"model 'tiny:1b' not found\"}|'tiny:1b' not found; install it|false",
        "404|404 page not found|check that the address|false",
        "405|405 method not allowed|check that the address|false",
        "400|{\"error\":\"\\\"tiny\\\" does not support tools\"}|ask without tools|false",
        "400|{\"error\":\"\\\"tiny\\\" does not support thinking\"}|ask without thinking|false",
        "400|{\"error\":\"\\\"all-minilm\\\" does not support chat\"}|name a model that can chat|false",
        "400|{\"error\":\"time: missing unit in duration\"}|write keep_alive as 5m|false",
        "400|{\"error\":\"the input length exceeds the context length\"}|fewer words, or raise num_ctx|false",
        "400|{\"error\":\"unexpected EOF\"}|HTTP 400 unexpected EOF|false",
        "401|{\"error\":\"unauthorized\"}|check the key|false",
        "429|{\"error\":\"slow down\"}|slow down|true",
        "500|{\"error\":\"invalid JSON schema in format\"}|mend the schema|false",
        "500|{\"error\":\"invalid format: \\\"yaml\\\"\"}|mend the schema|false",
        "500|{\"error\":\"model requires more system memory (5 GiB) than is available\"}|smaller model|false",
        "500|{\"error\":\"llama runner process has terminated\"}|has terminated|true",
        "502|<html>Bad gateway</html>|HTTP 502 <html>|true",
        "503|{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}|try again later|true",
        "503|{\"error\":{\"code\":503,\"message\":\"Loading model\"}}|try again in a minute|true",
        "500||HTTP 500|true"
      })
  void aRefusalIsNamedWithItsFix(int status, String body, String named, boolean retryable) {
    server.refuses(status, body == null ? "" : body);
    failure(PATIENT, named, retryable);
  }

  @Test
  void aServerThatGoesAwayIsAtOnceKnownToBeAway() {
    try (OllamaChatModel model = new OllamaChatModel(server.config(PATIENT))) {
      assertThat(model.available()).isPresent();
      server.close();
      assertThatExceptionOfType(ChatException.class)
          .isThrownBy(() -> model.chat(HELLO, piece -> {}));
      assertThat(model.available()).isEmpty();
    }
  }

  @Test
  void anErrorInTheMidstOfAnAnswerIsToldInTheServersWords() {
    server.sends(
        WHOLE, FakeOllama.word("Once "), "{\"error\":\"llama runner process has terminated\"}");
    failure(PATIENT, "llama runner process has terminated", true);
  }

  @Test
  void anAnswerThatEndsBeforeItsEndBrokeOff() {
    server.sends(WHOLE, FakeOllama.word("Once "));
    failure(PATIENT, "the answer broke off", true);
    server.sends(BROKEN, FakeOllama.word("Once "));
    failure(PATIENT, "the answer broke off", true);
    server.sendsBytes(Stream.of(FakeHttp.utf8("{\"message\":{\"cont")));
    failure(PATIENT, "the answer broke off", true);
  }

  @Test
  void aPageInsteadOfAnAnswerIsShownInPart() {
    server.sends(WHOLE, "<html>", "Please log in", "</html>");
    failure(PATIENT, "no JSON: '<html>'", true);
  }

  @Test
  void silenceEndsACallThoughItsDeadlineIsFar() {
    server.fallsSilent(() -> {});
    failure(Duration.ofMillis(300), "sent nothing for 300 ms; if the model needs longer", true);
  }

  @Test
  void aSlowAnswerIsNoSilence() {
    server.answers("word ".repeat(40).strip());
    try (OllamaChatModel model = model(PATIENT)) {
      assertThat(model.chat(HELLO).complete()).isTrue();
    }
  }

  @Test
  void anAnswerWithoutEndIsCut() throws Exception {
    server.neverEnds(FakeOllama.word("🌡️ and more ".repeat(100)));
    try (OllamaChatModel model = model(PATIENT)) {
      ChatReply reply = model.chat(HELLO);
      assertThat(reply.ending()).isEqualTo(ChatReply.Ending.SIZE);
      assertThat(reply.complete()).isFalse();
      assertThat(reply.text()).hasSizeBetween(4000, 50 * 128);
    }
    assertThat(server.http.sawClientGo()).isTrue();
  }

  @Test
  void thinkingWithoutEndIsCut() {
    server.neverEnds(
        "{\"message\":{\"content\":\"\",\"thinking\":\"%s\"}}".formatted("hm ".repeat(99)));
    try (OllamaChatModel model = model(PATIENT)) {
      ChatReply reply = model.chat(HELLO);
      assertThat(reply.ending()).isEqualTo(ChatReply.Ending.SIZE);
      assertThat(reply.text()).isEmpty();
      assertThat(reply.thoughts()).startsWith("hm hm");
    }
  }

  @Test
  void callsWithoutEndAreCut() {
    server.neverEnds(
        "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"a\",\"arguments\":{}}}]}}");
    try (OllamaChatModel model = model(PATIENT)) {
      assertThat(model.chat(HELLO).ending()).isEqualTo(ChatReply.Ending.SIZE);
    }
  }

  @Test
  void aLineWithoutEndIsRefused() {
    server.sends(WHOLE, FakeOllama.word("x".repeat(10 << 20)));
    failure(PATIENT, "sent a line of more than 8 MB", true);
  }

  @Test
  void bytesThatAreNoUtf8BecomeAMark() {
    byte[] broken = FakeOllama.word("warm # here").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < broken.length; i++) {
      broken[i] = broken[i] == '#' ? (byte) 0xC3 : broken[i];
    }
    server.sendsBytes(Stream.of(broken, FakeHttp.utf8("\n" + FakeOllama.WHOLE + "\n")));
    try (OllamaChatModel model = model(PATIENT)) {
      assertThat(model.chat(HELLO).text()).isEqualTo("warm \uFFFD here");
    }
  }

  @Test
  void halfACharacterBecomesAMark() {
    server.sends(WHOLE, "{\"message\":{\"content\":\"warm \\ud83c\"}}", FakeOllama.WHOLE);
    try (OllamaChatModel model = model(PATIENT)) {
      assertThat(model.chat(HELLO).text()).isEqualTo("warm \uFFFD");
    }
  }

  private void failure(Duration stall, String named, boolean retryable) {
    try (OllamaChatModel model = model(stall)) {
      assertThatExceptionOfType(ChatException.class)
          .isThrownBy(() -> model.chat(HELLO))
          .withMessageContaining(named)
          .withMessageStartingWith("Ollama at " + server.address() + ": ")
          .matches(e -> e.isRetryable() == retryable, "retryable " + retryable);
    }
  }

  private OllamaChatModel model(Duration stall) {
    return new OllamaChatModel(server.config(stall));
  }
}
