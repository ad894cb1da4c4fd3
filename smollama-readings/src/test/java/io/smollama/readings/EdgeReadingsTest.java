package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeReadingsTest extends BridgeFixture {
  private static final SourceId TEMPERATURE = SourceId.parse("edge:kitchen-pi/system:cpu_temp");
  private static final String TOPIC = "smollama/kitchen-pi/readings";

  private void sayTemperature(double value) {
    say(TOPIC, payload("system:cpu_temp", value, "celsius", clock.instant().toString()));
  }

  private static HeardState.Condition condition(MessageReadings provider) {
    HeardState.Condition condition = provider.states().get(0).condition();
    assertThat(provider.readAll().get(0).metadata().containsKey("stale"))
        .isEqualTo(condition == HeardState.Condition.STALE);
    return condition;
  }

  @Test
  void aPayloadOfSmollamaForPythonIsReadAndTold() {
    MessageReadings provider = nodes();
    say(
        TOPIC,
        """
        {"node": "kitchen-pi", "timestamp": 1772366398.25, "readings": [
          {"source": "system:cpu_temp", "value": 45.5, "unit": "celsius", "ts": "2026-03-01T12:59:58.250000+01:00"},
          {"source": "gpio:17", "value": 1, "unit": "boolean", "ts": "2026-03-01T12:59:58+01:00"},
          {"source": "lcd:line", "value": "hello", "unit": null, "ts": "2026-03-01T12:59:58+01:00"}]}
        """);
    assertThat(told).hasSize(3);
    assertThat(told.get(0).describe()).isEqualTo("edge:kitchen-pi/system:cpu_temp 45.5 °C");
    assertThat(told.get(0).time()).isEqualTo(Instant.parse("2026-03-01T11:59:58.250Z"));
    assertThat(told.get(1).value()).isEqualTo(new ReadingValue.Flag(true));
    assertThat(told.get(2).unit()).isEmpty();
    assertThat(provider.readAll()).isEqualTo(told);
    assertThat(provider.says()).isEmpty();
  }

  @Test
  void theTopicTellsTheNodeAndNotTheMessage() {
    MessageReadings provider = nodes();
    sayTemperature(45.5);
    say("smollama/hub/readings", payload("system:cpu_temp", 1, "celsius", 1));
    say("elsewhere/attic/readings", payload("system:cpu_temp", 1, "celsius", 1));
    assertThat(provider.sources()).extracting(Source::id).containsExactly(TEMPERATURE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T11:00:00Z",
    "2026-03-01T13:00:00+02:00",
    "2026-03-01T13:00:00+0200",
    "2026-03-01T13:00:00+02",
    "2026-03-01 12:00:00",
    "2026-03-01T12:00",
  })
  void timesComeInManyForms(String ts) {
    nodes();
    say(TOPIC, payload("s:x", 1, "", ts));
    assertThat(told)
        .extracting(Reading::time)
        .containsExactly(Instant.parse("2026-03-01T11:00:00Z"));
  }

  @Test
  void timesMayBeSecondsOrMilliseconds() {
    nodes();
    Instant time = Instant.parse("2026-03-01T11:00:00.250Z");
    say(TOPIC, payload("s:x", 1, "", time.toEpochMilli() / 1e3));
    say(TOPIC, payload("s:y", 1, "", time.toEpochMilli()));
    assertThat(told).extracting(Reading::time).containsExactly(time, time);
  }

  @ParameterizedTest
  @CsvSource({"1970-01-01T00:01:00Z", "2099-01-01T00:00:00Z", "2026-02-28T11:59:59Z", "soon", "''"})
  void atATimeThatIsFarOffItIsTakenAsOfNowAndDoubted(String ts) {
    MessageReadings provider = nodes();
    say(TOPIC, payload("s:x", 1, "", ts));
    assertThat(told).extracting(Reading::time).containsExactly(clock.instant());
    assertThat(told.get(0).quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(told.get(0).metadata().get(Reading.DOUBT)).contains("far off");
    assertThat(provider.says()).startsWith("1 with a time far off");
  }

  @Test
  void withAClockThatIsNotSetWhatWasToldCounts() {
    clock.advance(Duration.between(clock.instant(), Instant.parse("1970-01-01T00:05:00Z")));
    MessageReadings provider = nodes();
    say(TOPIC, payload("s:x", 1, "", "2026-03-01T12:00:00Z"));
    assertThat(told.get(0).time()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(told.get(0).quality()).isEqualTo(Quality.GOOD);
    assertThat(provider.says()).isEmpty();
  }

  @Test
  void whatComesTwiceIsToldOnceAndWhatComesLateIsToldButNotKept() {
    MessageReadings provider = nodes();
    say(TOPIC, payload("s:x", 1, "", "2026-03-01T11:00:00Z"));
    say(TOPIC, payload("s:x", 1, "", "2026-03-01T11:00:00Z"));
    assertThat(told).hasSize(1);
    say(TOPIC, payload("s:x", 7, "", "2026-03-01T10:00:00Z"));
    assertThat(told).hasSize(2);
    assertThat(provider.readAll()).containsExactly(told.get(0));
  }

  @Test
  void theSameValueMeasuredAnewIsTold() {
    nodes();
    sayTemperature(40);
    clock.advance(Duration.ofSeconds(30));
    sayTemperature(40);
    assertThat(told).hasSize(2);
  }

  @Test
  void whatTheBrokerKeptForLongIsStaleFromTheBeginning() {
    bus.publish(Message.state(TOPIC, payload("s:x", 1, "", clock.instant().toString())));
    clock.advance(Duration.ofHours(2));
    MessageReadings provider = nodes();
    assertThat(told).extracting(Reading::quality).containsExactly(Quality.GOOD);
    String anHourAgo = clock.instant().minus(Duration.ofMinutes(61)).toString();
    bus.publish(Message.state(TOPIC, payload("s:x", 3, "", anHourAgo)).asStored());
    settle();
    assertThat(condition(provider)).isEqualTo(HeardState.Condition.STALE);
    bus.publish(Message.state(TOPIC, payload("s:x", 2, "", clock.instant().toString())).asStored());
    settle();
    assertThat(condition(provider)).isEqualTo(HeardState.Condition.FRESH);
    clock.advance(Duration.ofMinutes(59));
    assertThat(condition(provider)).isEqualTo(HeardState.Condition.FRESH);
  }

  @Test
  void aClockThatRanAheadDoesNotHideWhatFollows() {
    MessageReadings provider = nodes();
    say(TOPIC, payload("s:x", 1, "", "2026-03-02T06:00:00Z"));
    say(TOPIC, payload("s:x", 2, "", "2026-03-01T12:00:00Z"));
    assertThat(provider.readAll()).extracting(Reading::display).containsExactly("2");
  }

  @Test
  void whatIsSilentForLongIsStaleAndStillRead() {
    MessageReadings provider = nodes();
    for (int i = 0; i < 10; i++) {
      sayTemperature(40 + i);
      clock.advance(Duration.ofMinutes(10));
    }
    Instant heard = clock.instant().minus(Duration.ofMinutes(10));
    clock.advance(Duration.ofMinutes(19));
    assertThat(condition(provider)).isEqualTo(HeardState.Condition.FRESH);
    clock.advance(Duration.ofMinutes(2));
    Reading stale = provider.read(TEMPERATURE).orElseThrow();
    assertThat(stale.quality()).isEqualTo(Quality.GOOD);
    assertThat(stale.metadata()).containsEntry("stale", "no message since " + heard);
    assertThat(stale.time()).isEqualTo(heard);
    assertThat(provider.states())
        .containsExactly(new HeardState(TEMPERATURE, HeardState.Condition.STALE, heard));
    sayTemperature(41);
    assertThat(condition(provider)).isEqualTo(HeardState.Condition.FRESH);
  }

  @Test
  void aReadingThatIsOnlyRepeatedGrowsStale() {
    MessageReadings provider = nodes();
    String measured = payload("s:x", 1, "", clock.instant().toString());
    say(TOPIC, measured);
    for (int i = 0; i < 7; i++) {
      clock.advance(Duration.ofMinutes(10));
      say(TOPIC, measured);
    }
    assertThat(condition(provider)).isEqualTo(HeardState.Condition.STALE);
  }

  @Test
  void whoSaysOfflineHasNoReadingsUntilHeardAgain() {
    MessageReadings provider = nodes();
    sayTemperature(40);
    keepSaying("smollama/kitchen-pi/status", "offline");
    assertThat(provider.readAll()).isEmpty();
    assertThat(provider.sources()).hasSize(1);
    assertThat(provider.read(TEMPERATURE)).isEmpty();
    assertThat(provider.states())
        .extracting(HeardState::condition)
        .containsExactly(HeardState.Condition.OFFLINE);
    keepSaying("smollama/kitchen-pi/status", "online");
    assertThat(provider.readAll()).hasSize(1);
    keepSaying("smollama/kitchen-pi/status", "offline");
    clock.advance(Duration.ofSeconds(1));
    sayTemperature(41);
    assertThat(provider.readAll()).hasSize(1);
  }

  @Test
  void whatANodeSaidLastBeforeItWentIsToldToWhoComesLater() {
    bus.publish(Message.state("smollama/kitchen-pi/status", "offline"));
    bus.publish(Message.state(TOPIC, payload("s:x", 1, "", clock.instant().toString())));
    clock.advance(Duration.ofMinutes(5));
    MessageReadings provider = nodes();
    assertThat(told)
        .extracting(Reading::time)
        .containsExactly(clock.instant().minus(Duration.ofMinutes(5)));
    assertThat(provider.readAll()).isEmpty();
  }

  @Test
  void aDoubtAndANameTravelAlong() {
    nodes();
    say(
        TOPIC,
        "{\"readings\":[{\"source\":\"gpio:17\",\"value\":true,\"name\":\"door\\u0007 switch\",\"doubt\":\"bounces\"}]}");
    assertThat(told.get(0).quality()).isEqualTo(Quality.UNCERTAIN);
    assertThat(told.get(0).metadata())
        .containsEntry(Reading.DOUBT, "bounces")
        .containsEntry("name", "door switch");
  }
}
