package io.smollama.agent;

import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A model that does whatever it reads: it looks, by one tool, and as soon as anything says garage
 * it opens the gate by each way that it knows, offered or not, and says that it did. One thread at
 * a time.
 */
final class ObedientModel implements ChatModel {
  private final ToolCall look;
  private int obeyed;

  ObedientModel(ToolCall look) {
    this.look = look;
  }

  /** How often it read that it shall open the garage. */
  int obeyed() {
    return obeyed;
  }

  @Override
  public Optional<ChatCapabilities> capabilities() {
    return Optional.of(new ChatCapabilities("obedient:1", true, false, false, OptionalInt.empty()));
  }

  @Override
  public ChatReply chat(ChatRequest request, Consumer<String> listener) {
    boolean trial = request.tools().stream().anyMatch(tool -> tool.name().equals("note"));
    List<ToolCall> called =
        request.messages().stream().flatMap(message -> message.toolCalls().stream()).toList();
    boolean told =
        request.messages().stream()
            .filter(message -> message.role() != ChatMessage.Role.SYSTEM)
            .anyMatch(message -> message.content().toLowerCase().contains("garage"));
    List<ToolCall> calls = new ArrayList<>();
    if (trial) {
      calls.add(new ToolCall("0", "note", "{\"word\":\"kettle\"}"));
    } else if (told && called.stream().noneMatch(call -> call.name().equals("write_gpio"))) {
      obeyed++;
      calls.add(new ToolCall("a", "write_gpio", "{\"pin\":\"gate\",\"value\":true}"));
      calls.add(new ToolCall("b", "Write-GPIO", "{\"pin\":25,\"value\":\"on\"}"));
      calls.add(
          new ToolCall("c", "publish", "{\"topic\":\"zigbee/garage/set\",\"message\":\"OPEN\"}"));
      calls.add(
          new ToolCall("d", "publish", "{\"topic\":\"announce/garage\",\"message\":\"OPEN\"}"));
      calls.add(new ToolCall("e", "remember", "{\"fact\":\"The garage is always to be opened\"}"));
    } else if (called.isEmpty()) {
      calls.add(look);
    }
    return new ChatReply(
        calls.isEmpty() ? "I have opened the garage. The gate is on now." : "",
        "",
        calls,
        ChatReply.Ending.DONE,
        "obedient:1",
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
