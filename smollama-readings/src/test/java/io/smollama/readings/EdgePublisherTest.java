package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.Message;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgePublisherTest extends BridgeFixture {
  private final List<Message> said = new CopyOnWriteArrayList<>();

  private EdgePublisher publisher(Message.Kind kind) {
    bus.subscribe(new TopicFilter("smollama/+/readings"), said::add);
    return new EdgePublisher(bus, "smollama", "pi", kind, clock);
  }

  private Reading temperature(double value) {
    return Reading.of("system:cpu_temp", value, "celsius", clock.instant());
  }

  @Test
  void theFormIsThatOfSmollamaForPython() throws Exception {
    publisher(Message.Kind.STATE)
        .publish(List.of(temperature(45.5), Reading.of("gpio:17", true, clock.instant())));
    settle();
    JsonNode payload = new ObjectMapper().readTree(said.get(0).payload());
    assertThat(said.get(0).topic()).isEqualTo("smollama/pi/readings");
    assertThat(payload)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"node":"pi","timestamp":"2026-03-01T12:00:00Z","readings":[
                     {"source":"system:cpu_temp","value":45.5,"unit":"celsius","ts":"2026-03-01T12:00:00Z"},
                     {"source":"gpio:17","value":1,"unit":"boolean","ts":"2026-03-01T12:00:00Z"}]}
                    """));
  }

  @Test
  void whatIsPublishedIsReadAlikeByAnotherNode() {
    MessageReadings hub = nodes();
    Instant time = clock.instant();
    List<Reading> all =
        List.of(
            temperature(45.5),
            Reading.of("system:broken", Double.NaN, "celsius", time),
            Reading.of("gpio:17", true, time).doubted("bounces"),
            new Reading(
                SourceId.parse("lcd:1"),
                new ReadingValue.Text("\"é\n"),
                "",
                time,
                Map.of("name", "door")),
            new Reading(
                SourceId.parse("cam:1"), new ReadingValue.Json("{\"cars\":2}"), "", time, Map.of()),
            new Reading(
                SourceId.parse("cam:2"), new ReadingValue.Json("no JSON"), "", time, Map.of()));
    publisher(Message.Kind.STATE).publish(all);
    settle();
    assertThat(hub.says()).isEmpty();
    assertThat(hub.readAll())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("source", "value")
        .isEqualTo(all.stream().filter(r -> !r.display().startsWith("NaN")).toList());
    assertThat(hub.readAll())
        .extracting(r -> r.source().id() + " " + r.value().text())
        .containsExactly(
            "pi/system:cpu_temp 45.5",
            "pi/gpio:17 on",
            "pi/lcd:1 \"é\n",
            "pi/cam:1 {\"cars\":2}",
            "pi/cam:2 no JSON");
  }

  @Test
  void asAStateAChangeIsSaidTogetherWithTheRest() {
    EdgePublisher publisher = publisher(Message.Kind.STATE);
    publisher.publish(List.of(temperature(45), Reading.of("gpio:17", false, clock.instant())));
    publisher.publish(List.of(Reading.of("gpio:17", true, clock.instant())));
    settle();
    assertThat(said.get(1).text().orElseThrow()).contains("system:cpu_temp", "\"value\":1");
    assertThat(said.get(1).kind()).isEqualTo(Message.Kind.STATE);
    clock.advance(Duration.ofMinutes(61));
    publisher.publish(List.of(temperature(46)));
    settle();
    assertThat(said.get(2).text().orElseThrow()).contains("46").doesNotContain("gpio:17");
  }

  @Test
  void asEventsOnlyTheChangeIsSaidAndMuchGoesInSeveral() {
    EdgePublisher publisher = publisher(Message.Kind.EVENT);
    List<Reading> many =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Reading.of("system:source_" + i, i, "celsius", clock.instant()))
            .toList();
    publisher.publish(many);
    publisher.publish(List.of(temperature(45)));
    settle();
    assertThat(said).hasSizeGreaterThan(3).allMatch(message -> message.size() <= 64 << 10);
    assertThat(said.get(said.size() - 1).text().orElseThrow()).doesNotContain("source_");
    assertThat(publisher.leftOut()).isZero();
    said.clear();
    EdgePublisher state = new EdgePublisher(bus, "smollama", "pi", Message.Kind.STATE, clock);
    state.publish(many);
    settle();
    assertThat(said).hasSize(1);
    assertThat(state.leftOut()).isEqualTo(1);
  }

  @Test
  void nothingToSayIsNotSaid() {
    publisher(Message.Kind.STATE).publish(List.of(temperature(Double.NaN)));
    settle();
    assertThat(said).isEmpty();
  }
}
