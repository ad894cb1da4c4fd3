package io.smollama.agent;

import io.smollama.core.ChatModel;
import io.smollama.testkit.ChatModelContract;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class OllamaChatModelContractTest {

  @Nested
  class OnTheFakeServer extends ChatModelContract {
    private FakeOllama server;

    @BeforeEach
    void startServer() throws Exception {
      server = new FakeOllama();
    }

    @AfterEach
    void stopServer() {
      server.close();
    }

    @Override
    protected ChatModel open() {
      return model(server.address());
    }

    @Override
    protected ChatModel openAway() throws Exception {
      return model(FakeHttp.unusedAddress());
    }

    @Override
    protected ChatModel openForFormat() {
      server.answers(" {\n\"answer\": \"yes\"}\n\n");
      return open();
    }

    @Override
    protected ChatModel openForTools() {
      server.sends(
          FakeHttp.End.WHOLE,
          "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":"
              + "{\"name\":\"read_source\",\"arguments\":{\"source\":\"hall\"}}}]},\"done\":false}",
          FakeOllama.WHOLE);
      return open();
    }

    @Override
    protected ChatModel openSlow() {
      server.fallsSilent(() -> {});
      return open();
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
      return model(System.getenv("SMOLLAMA_TEST_OLLAMA"));
    }

    @Override
    protected ChatModel openAway() throws Exception {
      return model(FakeHttp.unusedAddress());
    }
  }

  private static ChatModel model(String address) {
    return new OllamaChatModel(
        new OllamaConfig(
            Optional.of(address),
            "unused",
            11434,
            Optional.empty(),
            "5m",
            2048,
            1024,
            Duration.ofMinutes(2)));
  }
}
