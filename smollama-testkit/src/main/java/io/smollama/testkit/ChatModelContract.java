package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ChatModel} does. One thread at a time. */
public abstract class ChatModelContract {
  private ChatModel model;

  /** A model that can answer now, with at least twenty words if it is let. */
  protected abstract ChatModel open() throws Exception;

  @BeforeEach
  final void openModel() throws Exception {
    model = open();
  }

  @AfterEach
  final void closeModel() {
    model.close();
    model.close();
  }

  @Test
  void namesTheModelThatAnswers() {
    String named = model.available().orElseThrow();
    assertThat(ask(30).model()).isEqualTo(named);
  }

  @Test
  void answersInWords() {
    assertThat(ask(30).text()).isNotBlank();
  }

  @Test
  void keepsTheBoundOnLength() {
    ChatReply cut = ask(3);
    assertThat(cut.complete()).isFalse();
    assertThat(cut.text().split("\\s+")).hasSizeLessThanOrEqualTo(3);
  }

  private ChatReply ask(int maxTokens) {
    return model.chat(
        new ChatRequest(
            List.of(
                ChatMessage.system("You tell long stories."),
                ChatMessage.user("Tell a long story about a kitchen.")),
            maxTokens,
            Duration.ofMinutes(3)));
  }
}
