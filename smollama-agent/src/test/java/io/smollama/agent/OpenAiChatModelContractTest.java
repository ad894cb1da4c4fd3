package io.smollama.agent;

import io.smollama.core.ChatModel;
import io.smollama.testkit.ChatModelContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class OpenAiChatModelContractTest extends ChatModelContract {
  private FakeOpenAi server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeOpenAi(true);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Override
  protected ChatModel open() {
    return new OpenAiChatModel(OpenAiConfig.at(server.address()));
  }

  @Override
  protected ChatModel openAway() throws Exception {
    return new OpenAiChatModel(OpenAiConfig.at(FakeHttp.unusedAddress()));
  }

  @Override
  protected ChatModel openForFormat() {
    server.answers("{\"answer\":\"no\"}");
    return open();
  }

  @Override
  protected ChatModel openForTools() {
    server.callsInPieces("read_source");
    return open();
  }

  @Override
  protected ChatModel openSlow() {
    server.sends(FakeHttp.End.SILENT, FakeOpenAi.word("Once "));
    return open();
  }
}
