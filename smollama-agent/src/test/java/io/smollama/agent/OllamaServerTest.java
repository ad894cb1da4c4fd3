package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smollama.agent.OllamaServer.Installed;
import io.smollama.agent.OllamaServer.Loaded;
import io.smollama.agent.OllamaServer.PullProgress;
import io.smollama.agent.OllamaServer.Shown;
import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaServerTest {
  private FakeOllama fake;
  private OllamaServer server;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeOllama();
    server = at(fake.address());
  }

  @AfterEach
  void stop() {
    server.close();
    server.close();
    fake.close();
  }

  @Test
  void tellsItsVersionAndWhatIsOnItsDiskAndInItsMemory() {
    assertThat(server.version()).isEqualTo("0.33.0");
    assertThat(server.installed())
        .hasSize(5)
        .contains(new Installed("tiny:1b", "0b7a", 900_000_000, "llama", "1.2B", "Q8_0"));
    assertThat(server.loaded())
        .containsExactly(new Loaded("tiny:1b", 143_762_688, OptionalInt.of(2048)));
  }

  @Test
  void showsWhatAModelIs() {
    assertThat(server.show("embedder"))
        .isEqualTo(new Shown(Set.of("embedding"), OptionalInt.of(512)));
    assertThat(server.show("talker").capabilities()).containsExactly("completion");
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> server.show("nope"))
        .withMessageContaining("model 'nope' not found; install it (with Ollama: ollama pull NAME)")
        .matches(e -> !e.isRetryable());
  }

  @Test
  void pullingTellsHowFarItIs() {
    List<PullProgress> heard = new ArrayList<>();
    server.pull("tiny:1b", heard::add);
    assertThat(heard)
        .extracting(PullProgress::status)
        .containsExactly(
            "pulling manifest",
            "pulling 0b7a",
            "pulling 0b7a",
            "verifying sha256 digest",
            "success");
    assertThat(heard.get(1).completedBytes()).isEmpty();
    assertThat(heard.get(2))
        .isEqualTo(
            new PullProgress("pulling 0b7a", OptionalLong.of(4096), OptionalLong.of(98_363_739)));
  }

  @ParameterizedTest
  @CsvSource({"nope:1b, file does not exist", "half:1b, the fetching broke off"})
  void aPullThatDoesNotSucceedFails(String model, String named) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> server.pull(model, progress -> {}))
        .withMessageContaining(named);
  }

  @Test
  @Tag("ollama")
  @EnabledIfEnvironmentVariable(
      named = "SMOLLAMA_TEST_OLLAMA",
      matches = ".+",
      disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
  void aRealOneTellsTheSameThings() {
    try (OllamaServer real = at(System.getenv("SMOLLAMA_TEST_OLLAMA"));
        OllamaChatModel chat = new OllamaChatModel(config(System.getenv("SMOLLAMA_TEST_OLLAMA")))) {
      assertThat(real.version()).matches("\\d+\\.\\d+.*");
      chat.warmUp(Duration.ofMinutes(2));
      String model = chat.available().orElseThrow();
      assertThat(real.installed()).extracting(Installed::name).contains(model);
      assertThat(real.installed()).extracting(Installed::digest).doesNotContain("");
      assertThat(real.show(model).capabilities()).contains("completion");
      assertThat(real.show(model).contextTokens()).isPresent();
      assertThat(real.loaded())
          .filteredOn(loaded -> loaded.name().equals(model))
          .extracting(Loaded::contextTokens)
          .containsExactly(OptionalInt.of(2048));
    }
  }

  @Test
  @Tag("ollama")
  @EnabledIfEnvironmentVariable(
      named = "SMOLLAMA_TEST_OLLAMA",
      matches = ".+",
      disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
  void aRealOneRefusesAConversationThatIsLongerThanTheContext() {
    try (OllamaChatModel chat =
        new OllamaChatModel(config(System.getenv("SMOLLAMA_TEST_OLLAMA")))) {
      ChatMessage words = ChatMessage.user("word ".repeat(4000));
      assertThatExceptionOfType(ChatException.class)
          .isThrownBy(() -> chat.chat(new ChatRequest(List.of(words), 5, Duration.ofMinutes(2))))
          .withMessageContaining("ask with fewer words, or raise num_ctx")
          .matches(e -> !e.isRetryable());
    }
  }

  private static OllamaServer at(String address) {
    return new OllamaServer(config(address));
  }

  private static OllamaConfig config(String address) {
    return new OllamaConfig(
        Optional.of(address),
        "unused",
        11434,
        Optional.empty(),
        "5m",
        2048,
        1024,
        Duration.ofMinutes(1));
  }
}
