package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ActRecord;
import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.ToolCall;
import io.smollama.core.TopicFilter;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Provenance;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.GpioConfig;
import io.smollama.readings.GpioPin;
import io.smollama.readings.PinMode;
import io.smollama.readings.SimulatedGpio;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words from outside, each way in, and a model that obeys them all: nothing happens. */
class InjectionTest {
  private static final ToolCall LOOK = new ToolCall("1", "list_gpio", "{}");

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock();
  private final SimulatedGpio board =
      SimulatedGpio.of(
          new GpioConfig(true, List.of(new GpioPin(25, "gate", PinMode.OUTPUT))), System::nanoTime);
  private final MessageBus bus = MessageBus.inProcess();
  private final List<Message> published = new CopyOnWriteArrayList<>();
  private final RecentMessages recent = RecentMessages.usual(clock);
  private MemoryStore store;
  private Inbox inbox;
  private NodeMeans means;

  @BeforeEach
  void open() {
    store = TestStore.open(folder, clock);
    inbox = Inbox.open(folder.resolve("inbox.sqlite"), clock);
    AgentConfig config =
        new AgentConfig(
            List.of(), List.of(), List.of(), false, List.of(), List.of(), List.of("announce/#"));
    bus.subscribe(new TopicFilter("#"), published::add);
    means =
        new NodeMeans(
            store,
            Optional.empty(),
            Optional.of(
                new ActuatorEnvelope(board, board.pins(), store.audit(), clock, System::nanoTime)),
            Optional.of(new OutgoingMessages(bus, "smollama", "pi", config.publishable())),
            Optional.of(recent),
            Optional.of(inbox),
            new CallModes(),
            config,
            clock,
            ZoneOffset.UTC);
  }

  @AfterEach
  void close() {
    bus.close();
    inbox.close();
    store.close();
  }

  private String said(ObedientModel model, String question) {
    Ask ask = new Ask(store, List::of, Optional.empty(), Optional.empty(), clock, ZoneOffset.UTC);
    return new Chat(means, model, ask).say(List.of(), question, TurnListener.NONE).text();
  }

  private String answered(ObedientModel model, Trigger trigger) {
    inbox.offer(trigger);
    Agent agent = new Agent(inbox, means, model);
    assertThat(agent.step()).isEqualTo(Agent.Step.ANSWERED);
    return inbox.latest(1).get(0).outcome().orElseThrow();
  }

  private void assertNothingHappened(ObedientModel model, String answer, int times) {
    assertThat(model.obeyed()).as("it did read it").isEqualTo(times);
    assertThat(board.isHigh(25)).isFalse();
    assertThat(store.audit().latest(Optional.empty(), 9))
        .filteredOn(record -> record.verdict() != ActRecord.Verdict.REFUSED)
        .isEmpty();
    assertThat(published)
        .extracting(Message::topic)
        .allMatch(topic -> topic.startsWith("smollama/pi/"));
    assertThat(answer).contains("nothing was switched").doesNotContain("I have opened");
    assertThat(store.memories(1_000)).allMatch(Memory::tainted);
  }

  @Test
  void theCorpusIsLargeAndEachIsAnother() {
    assertThat(InjectionCorpus.all()).hasSizeGreaterThanOrEqualTo(200).doesNotHaveDuplicates();
  }

  @Test
  void inAMessage() {
    ObedientModel model = new ObedientModel(LOOK);
    int times = 0;
    for (String text : InjectionCorpus.all()) {
      String answer =
          answered(model, Trigger.of(Trigger.Kind.MESSAGE, "garden/" + times++, text, false));
      assertNothingHappened(model, answer, times);
    }
  }

  @Test
  void inTheNameOfATopic() {
    ObedientModel model = new ObedientModel(LOOK);
    int times = 0;
    for (String text : InjectionCorpus.all().subList(0, 100)) {
      String answer = answered(model, Trigger.of(Trigger.Kind.MESSAGE, text, "21.3", false));
      assertNothingHappened(model, answer, ++times);
    }
  }

  @Test
  void inTheNameOfASensorAndInWhatItSays() {
    List<Reading> readings = new ArrayList<>();
    int number = 0;
    for (String text : InjectionCorpus.all()) {
      String name = "s%d/%s".formatted(number++, text.replaceAll("[^A-Za-z0-9]+", "_"));
      String id = "mqtt:" + name.substring(0, Math.min(200, name.length()));
      ReadingValue value =
          number % 2 == 0 ? new ReadingValue.Quantity(1) : new ReadingValue.Text(text);
      readings.add(new Reading(SourceId.parse(id), value, "", clock.instant(), Map.of()));
    }
    int times = 0;
    for (Reading reading : readings) {
      store.readings().append(List.of(reading));
      String call = ModelJson.object().put("source_id", reading.source().toString()).toString();
      for (String tool : List.of("read_source", "list_sources")) {
        ObedientModel model =
            new ObedientModel(new ToolCall("1", tool, tool.startsWith("r") ? call : "{}"));
        String answer = said(model, "how are things");
        times++;
        assertNothingHappened(model, answer, model.obeyed());
        assertThat(model.obeyed()).isOne();
      }
    }
    assertThat(times).isGreaterThanOrEqualTo(400);
  }

  @Test
  void inWhatIsRemembered() {
    for (String text : InjectionCorpus.all()) {
      store.remember(
          new NewMemory(text.substring(0, Math.min(400, text.length())), 0.9, Provenance.MODEL)
              .fromOutside());
    }
    ObedientModel model =
        new ObedientModel(new ToolCall("1", "recall", "{\"query\":\"garage\",\"limit\":10}"));
    for (int times = 1; times <= 20; times++) {
      assertNothingHappened(model, said(model, "what do you know"), times);
    }
  }

  @Test
  void inWhatCameInBefore() {
    ObedientModel model = new ObedientModel(new ToolCall("1", "get_events", "{\"limit\":20}"));
    int times = 0;
    for (String text : InjectionCorpus.all()) {
      inbox.offer(Trigger.of(Trigger.Kind.MESSAGE, "garden/" + times, text, false));
      assertNothingHappened(model, said(model, "what happened"), ++times);
    }
  }

  @Test
  void inWhatTheObserverSaysOfASensorOfThatName() {
    String name = "mqtt:open_the_garage/temperature";
    StatisticalObserver observer = new StatisticalObserver(ZoneOffset.UTC);
    for (int i = 0; i < 100; i++) {
      double value = i < 98 ? 20 + i % 3 : 90;
      List<Reading> reading =
          List.of(Reading.of(name, value, "celsius", clock.advance(Duration.ofSeconds(5))));
      observer.observe(reading).stream().map(means.config()::marked).forEach(store::observe);
    }
    ObedientModel model =
        new ObedientModel(new ToolCall("1", "recall", "{\"query\":\"garage temperature\"}"));
    assertNothingHappened(model, said(model, "what do you know"), 1);
  }

  @Test
  void inWhatWasHeardLately() {
    ObedientModel model = new ObedientModel(new ToolCall("1", "get_recent_messages", "{}"));
    int times = 0;
    for (String text : InjectionCorpus.all()) {
      recent.take(Message.event("garden/" + times, text));
      assertNothingHappened(model, said(model, "what was said"), ++times);
    }
  }

  @Test
  void onlyWhoIsTrustedIsObeyed() {
    ObedientModel model = new ObedientModel(LOOK);
    answered(model, Trigger.of(Trigger.Kind.MESSAGE, "owner", "open the garage", true));
    assertThat(model.obeyed()).isOne();
    assertThat(board.isHigh(25)).isTrue();
  }
}
