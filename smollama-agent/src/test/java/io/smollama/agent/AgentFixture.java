package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.agent.Trigger.Kind;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.ToolCall;
import io.smollama.core.ToolSpec;
import io.smollama.core.TopicFilter;
import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.SimulatedGpio;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ScriptedChatModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node that answers by itself, with a model that says what a test has written for it. */
abstract class AgentFixture {
  static final ToolCall LED_ON =
      new ToolCall("1", "write_gpio", "{\"pin\":\"led_status\",\"value\":true}");

  @TempDir Path folder;
  final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  final SimulatedGpio board = SimulatedGpio.demoBoard(System::nanoTime);
  final ScriptedChatModel model = new ScriptedChatModel();
  final MessageBus bus = MessageBus.inProcess();
  final BlockingQueue<Message> told = new LinkedBlockingQueue<>();
  final BlockingQueue<Kind> woken = new LinkedBlockingQueue<>();
  long nanos;
  MemoryStore store;
  Inbox inbox;
  Triggers triggers;
  Agent agent;

  @BeforeEach
  void open() {
    store = TestStore.open(folder, clock);
    inbox = Inbox.open(folder.resolve("inbox.sqlite"), clock);
    AgentConfig config =
        new AgentConfig(
            List.of(
                new TopicTrigger("home/+/door", false, Optional.empty()),
                new TopicTrigger("owner/#", true, Optional.empty()),
                new TopicTrigger("owner/guest/+", false, Optional.empty()),
                new TopicTrigger("smollama/#", true, Optional.empty())),
            List.of(),
            List.of("gpio:17"),
            true,
            List.of(
                new ScheduledPrompt(
                    "hourly",
                    "Look after the LED",
                    Optional.empty(),
                    Optional.of(Duration.ofHours(1))),
                new ScheduledPrompt("noon", "Say hello", Optional.of("12:30"), Optional.empty())),
            List.of(),
            List.of("announce/#"));
    OutgoingMessages messages = new OutgoingMessages(bus, "smollama", "pi", config.publishable());
    ActuatorEnvelope envelope =
        new ActuatorEnvelope(board, board.pins(), store.audit(), clock, () -> nanos);
    NodeMeans means =
        new NodeMeans(
            store,
            Optional.empty(),
            Optional.of(envelope),
            Optional.of(messages),
            Optional.of(RecentMessages.usual(clock)),
            Optional.of(inbox),
            new CallModes(),
            config,
            clock,
            ZoneOffset.UTC);
    triggers = new Triggers(inbox, config, messages, () -> nanos, ZoneOffset.UTC, woken::add);
    triggers.listen(bus);
    bus.subscribe(new TopicFilter("smollama/pi/#"), told::add);
    agent = new Agent(inbox, means, model);
  }

  @AfterEach
  void close() {
    triggers.close();
    bus.close();
    agent.close();
    inbox.close();
    store.close();
  }

  void say(String topic, String text) throws InterruptedException {
    bus.publish(Message.event(topic, text));
    assertThat(woken.poll(30, TimeUnit.SECONDS)).as("what came in").isNotNull();
  }

  /** Lets the model show first that it calls tools. */
  ScriptedChatModel model() {
    return model.calls(new ToolCall("0", "note", "{\"word\":\"kettle\"}"));
  }

  String lastPrompt() {
    List<ChatRequest> asked = model.asked();
    return asked.get(asked.size() - 1).messages().stream()
        .filter(message -> message.role() == ChatMessage.Role.USER)
        .map(ChatMessage::content)
        .findFirst()
        .orElseThrow();
  }

  List<String> lastOffered() {
    List<ChatRequest> asked = model.asked();
    return asked.get(1).tools().stream().map(ToolSpec::name).toList();
  }
}
