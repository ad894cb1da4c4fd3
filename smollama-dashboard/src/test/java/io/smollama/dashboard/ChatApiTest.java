package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ToolCall;
import io.smollama.testkit.ScriptedChatModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatApiTest extends NodeFixture {
  private final ScriptedChatModel model = new ScriptedChatModel();

  @Override
  Optional<ChatModel> model() {
    return Optional.of(model);
  }

  private JsonNode say(String body) {
    return Node.json(node.postJson("/api/chat", body));
  }

  @Test
  void aPersonHasAnOutputSwitchedAndSeesTheReceipt() {
    model.calls(new ToolCall("0", "note", "{\"word\":\"kettle\"}")); // the trial of the model
    model
        .calls(new ToolCall("1", "write_gpio", "{\"pin\":\"led_status\",\"value\":\"on\"}"))
        .says("The LED is on now.");
    JsonNode answer =
        say(
            "{\"message\":\"switch the led on\",\"before\":[{\"role\":\"user\",\"content\":\"hello\"},{\"role\":\"assistant\",\"content\":\"Hello.\"}]}");
    assertThat(answer.path("text").asText())
        .isEqualTo("The LED is on now.\n[Done: led_status is on]");
    assertThat(answer.path("uses").path(0).path("tool").asText()).isEqualTo("write_gpio");
    assertThat(node.board.isHigh(18)).isTrue();
    List<ChatMessage> told = model.asked().get(1).messages();
    assertThat(told).extracting(ChatMessage::content).contains("hello", "Hello.");
    assertThat(told.get(3).content()).startsWith("switch the led on\n\nIt is Sunday 1 March 2026");
  }

  @Test
  void whoWishesHearsHowItGoesLineByLine() {
    model.calls(new ToolCall("0", "note", "{\"word\":\"kettle\"}"));
    model
        .calls(new ToolCall("1", "write_gpio", "{\"pin\":\"led_status\",\"value\":\"on\"}"))
        .says("Gladly. The LED is on now.");
    String[] lines =
        node.postJson("/api/chat", "{\"message\":\"switch the led on\",\"stream\":true}")
            .body()
            .split("\n");
    assertThat(lines).hasSize(3);
    assertThat(lines[0]).contains("\"use\":{\"tool\":\"write_gpio\"", "ok: led_status is on");
    assertThat(lines[1]).isEqualTo("{\"words\":\"Gladly. \"}");
    assertThat(lines[2])
        .startsWith(
            "{\"answer\":{\"text\":\"Gladly. The LED is on now.\\n[Done: led_status is on]\"");
    assertThat(node.postJson("/api/chat", "{\"message\":\" \",\"stream\":true}").body())
        .startsWith("{\"error\":\"A message has 1 to 2,000 characters");
  }

  @Test
  void aClaimWithoutAReceiptIsNotShown() {
    model.calls(new ToolCall("0", "note", "{\"word\":\"kettle\"}"));
    model.says("I have turned the LED on.");
    assertThat(say("{\"message\":\"switch the led on\"}").path("text").asText())
        .isEqualTo("The model says that it did something; nothing was switched.");
    assertThat(node.board.isHigh(18)).isFalse();
  }

  @Test
  void withoutAModelWhatIsKnownIsTheAnswer() {
    JsonNode answer = say("{\"message\":\"how are you\"}");
    assertThat(answer.path("model").isNull()).isTrue();
    assertThat(answer.path("text").asText()).isNotBlank();
    assertThat(node.postJson("/api/chat", "{\"message\":\" \"}").body()).contains("1 to 2,000");
    assertThat(
            node.postJson("/api/chat", "{\"message\":\"x\",\"before\":[{\"role\":\"system\"}]}")
                .statusCode())
        .isEqualTo(400);
  }
}
