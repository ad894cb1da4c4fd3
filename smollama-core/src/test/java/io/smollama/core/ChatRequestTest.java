package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {
  private static final ChatRequest PLAIN =
      new ChatRequest(List.of(ChatMessage.user("Hello")), 10, Duration.ofSeconds(1));
  private static final ToolSpec READ = new ToolSpec("read", "Reads.", "{\"type\":\"object\"}");
  private static final ToolCall CALL = new ToolCall("1", "read", "{}");

  @Test
  void plainItHasNoToolsNoFormatAndNoThoughts() {
    assertThat(PLAIN.tools()).isEmpty();
    assertThat(PLAIN.format()).isEmpty();
    assertThat(PLAIN.think()).isFalse();
    assertThat(PLAIN.withThinking().think()).isTrue();
  }

  @Test
  void aFormatWouldForbidTheTools() {
    ChatRequest tools = PLAIN.withTools(List.of(READ));
    assertThatIllegalArgumentException().isThrownBy(() -> tools.withFormat("{}"));
    ChatRequest format = PLAIN.withFormat("{}");
    assertThatIllegalArgumentException().isThrownBy(() -> format.withTools(List.of(READ)));
  }

  @Test
  void toolsDifferInTheirNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PLAIN.withTools(List.of(READ, READ)))
        .withMessageContaining("read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "json", "[]", "{"})
  void aFormatIsASchema(String format) {
    assertThatIllegalArgumentException().isThrownBy(() -> PLAIN.withFormat(format));
    assertThatIllegalArgumentException().isThrownBy(() -> new ToolSpec("read", "", format));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "read it", "lesen-für"})
  void aToolHasANameThatEveryServerTakes(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ToolSpec(name, "", "{}"))
        .withMessageContaining("'" + name + "'");
  }

  @Test
  void onlyAssistantsCallAndOnlyToolsAnswerCalls() {
    ChatMessage.Role user = ChatMessage.Role.USER;
    ChatMessage.Role tool = ChatMessage.Role.TOOL;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatMessage(user, "", List.of(CALL), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatMessage(user, "", List.of(), Optional.of(CALL)));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatMessage(tool, "21"));
    assertThat(ChatMessage.toolResult(CALL, "21").answers()).contains(CALL);
  }
}
