package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeptReadingsTest extends BridgeFixture {
  private static final String TOPIC = "smollama/pi/readings";
  private Path file;

  private void sayAll() {
    file = folder.resolve("edge.jsonl");
    String time = clock.instant().toString();
    say(TOPIC, payload("s:number", 45.5, "celsius", time));
    say(TOPIC, payload("s:flag", 1, "boolean", time));
    say(TOPIC, payload("s:text", "\"h\\u00e4llo\\nyou\"", "", time));
    say(TOPIC, payload("s:json", "{\"a\":[1]}", "", time));
    say(
        TOPIC,
        "{\"readings\":[{\"source\":\"s:doubted\",\"value\":2,\"doubt\":\"bounces\",\"ts\":\""
            + time
            + "\"}]}");
  }

  @Test
  void lastValuesSurviveARestartWithTheirTimes() {
    MessageReadings before = nodes();
    sayAll();
    List<Reading> all = before.readAll();
    assertThat(all).hasSize(5);
    before.close();
    clock.advance(Duration.ofMinutes(30));
    MessageReadings after = nodes();
    assertThat(after.readAll()).isEqualTo(all);
    assertThat(after.sources()).isEqualTo(before.sources());
    clock.advance(Duration.ofMinutes(31));
    assertThat(after.states())
        .extracting(HeardState::condition)
        .containsOnly(HeardState.Condition.STALE);
  }

  @Test
  void theFileIsWrittenByAReadAtMostOnceAMinuteAndOnlyWhenSomethingChanged() throws IOException {
    MessageReadings provider = nodes();
    sayAll();
    provider.readAll();
    assertThat(file).doesNotExist();
    clock.advance(Duration.ofMinutes(1));
    provider.readAll();
    assertThat(Files.readAllLines(file)).hasSize(5);
    Files.delete(file);
    clock.advance(Duration.ofMinutes(1));
    provider.readAll();
    provider.close();
    assertThat(file).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void ofManySourcesTheFileIsWrittenLessOften() {
    MessageReadings provider = topics(TopicReading.whole("a/+", "{1}", ValueForm.AUTO));
    for (int i = 0; i < 200; i++) {
      say("a/" + i, "1");
    }
    clock.advance(Duration.ofSeconds(119));
    provider.readAll();
    assertThat(folder.resolve("mqtt.jsonl")).doesNotExist();
    clock.advance(Duration.ofSeconds(1));
    provider.readAll();
    assertThat(folder.resolve("mqtt.jsonl")).exists();
  }

  @Test
  void aDamagedFileCostsOnlyItsDamagedLines() throws IOException {
    nodes();
    sayAll();
    closeAll();
    List<String> lines = Files.readAllLines(file);
    Files.writeString(
        file,
        lines.get(0)
            + "\n{\"source\":\n\0\0\0\n"
            + lines.get(1).replace("GOOD", "BEST")
            + "\n[]\n"
            + lines.get(2).substring(0, 40));
    MessageReadings after = MessageReadings.ofNodes("smollama", "hub", OLDEST, file, clock, ZONE);
    assertThat(after.sources()).hasSize(1);
    after.close();
  }

  @Test
  void whatIsNoLongerConfiguredIsForgotten() {
    topics(
        TopicReading.whole("a", "a", ValueForm.AUTO), TopicReading.whole("b", "b", ValueForm.AUTO));
    say("a", "1");
    say("b", "2");
    closeAll();
    MessageReadings after =
        MessageReadings.ofTopics(
            List.of(TopicReading.whole("b", "b", ValueForm.AUTO)),
            OLDEST,
            folder.resolve("mqtt.jsonl"),
            clock,
            ZONE);
    assertThat(after.readAll()).extracting(Reading::describe).containsExactly("mqtt:b 2");
    after.close();
  }

  @Test
  void aFolderThatIsGoneCostsOnlyTheFile() throws IOException {
    MessageReadings provider =
        MessageReadings.ofNodes(
            "smollama", "hub", OLDEST, folder.resolve("gone/edge.jsonl"), clock, ZONE);
    provider.start(bus);
    sayAll();
    clock.advance(Duration.ofMinutes(2));
    assertThat(provider.readAll()).hasSize(5);
    provider.close();
  }
}
