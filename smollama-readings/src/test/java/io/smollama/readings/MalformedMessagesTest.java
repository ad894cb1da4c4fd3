package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedMessagesTest extends BridgeFixture {
  private static final String EDGE = "smollama/pi/readings";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|",
        "x|1 that are no JSON",
        "{\"readings\":|1 that are no JSON",
        "{\"readings\":[]} trailing|1 that are no JSON",
        "[1,2]|1 of another form",
        "null|1 of another form",
        "{\"readings\":{}}|1 of another form",
        "{\"readings\":[7]}|1 with a name that cannot be one",
        "{\"readings\":[{\"value\":1}]}|1 with a name that cannot be one",
        "{\"readings\":[{\"source\":\"a\\u0000b\",\"value\":1}]}|1 with a name that cannot be one",
        "{\"readings\":[{\"source\":\"a\",\"value\":null}]}|1 without the value",
        "{\"readings\":[{\"source\":\"a\",\"value\":NaN}]}|1 with a number that is none",
        "{\"readings\":[{\"source\":\"a\",\"value\":-Infinity}]}|1 with a number that is none",
        "{\"readings\":[{\"source\":\"a\",\"value\":1e999}]}|1 with a number that is none",
      })
  void whatCannotBeTakenIsCountedByKind(String payload, String says) {
    MessageReadings provider = nodes();
    say(EDGE, payload);
    assertThat(provider.says()).isEqualTo(says == null ? "" : says);
    assertThat(told).isEmpty();
    assertThat(provider.sources()).isEmpty();
  }

  @Test
  void oneBadReadingCostsNoOther() {
    MessageReadings provider = nodes();
    say(
        EDGE,
        "{\"readings\":[{\"source\":\"a\",\"value\":NaN},{\"source\":\"b\",\"value\":2},{\"source\":\"c\",\"value\":[[]]}]}");
    assertThat(told).extracting(Reading::describe).containsExactly("edge:pi/b 2", "edge:pi/c [[]]");
    assertThat(provider.says()).isEqualTo("1 with a number that is none");
  }

  @Test
  void largeDeepAndLongOnesAreRefused() {
    MessageReadings provider = nodes();
    say(EDGE, "{\"readings\":[" + " ".repeat(64 << 10) + "]}");
    say(EDGE, "{\"readings\":[{\"source\":\"a\",\"value\":" + "[".repeat(20_000));
    say(EDGE, payload("a", "\"" + "x".repeat(2_001) + "\"", "", 1));
    say(EDGE, payload("a".repeat(300), 1, "", 1));
    say(EDGE, payload("a", 1, "u".repeat(41), 1));
    bus.publish(Message.event("smollama/" + "n".repeat(65) + "/readings", payload("a", 1, "", 1)));
    bus.publish(Message.event("smollama/a b/readings", payload("a", 1, "", 1)));
    bus.publish(Message.event(EDGE, new byte[] {'{', (byte) 0xff, '}'}));
    settle();
    assertThat(told).isEmpty();
    assertThat(provider.says())
        .isEqualTo(
            "1 larger than 64 KiB, 2 that are no JSON, 1 with a value of another kind, or too long,"
                + " 4 with a name that cannot be one, 3 with a time far off, taken as of when they came");
  }

  @Test
  void tenThousandSourcesOfOneTopicLeaveRoomForOthers() {
    MessageReadings provider =
        topics(
            TopicReading.whole("flood/+", "{1}", ValueForm.AUTO),
            TopicReading.whole("hall/+", "hall/{1}", ValueForm.AUTO));
    for (int i = 0; i < 10_000; i++) {
      bus.publish(Message.event("flood/" + i, "1"));
      if (i % 1_000 == 999) {
        settle(); // no more than the bus has room for
      }
    }
    say("hall/lamp", "1");
    assertThat(provider.sources()).hasSize(501);
    assertThat(provider.says()).isEqualTo("9,500 of more sources than there is room for");
    clock.advance(Duration.ofDays(1).plusSeconds(1));
    say("flood/new", "1");
    assertThat(provider.sources()).hasSize(501);
    assertThat(provider.readAll()).extracting(r -> r.source().id()).contains("new");
  }

  @Test
  void tenThousandSourcesOfAHundredNodesStayWithinTwoThousand() {
    MessageReadings provider = nodes();
    for (int node = 0; node < 100; node++) {
      String readings =
          IntStream.range(0, 100)
              .mapToObj("{\"source\":\"s:%d\",\"value\":1}"::formatted)
              .collect(Collectors.joining(","));
      say("smollama/node" + node + "/readings", "{\"readings\":[" + readings + "]}");
    }
    assertThat(provider.sources()).hasSize(2_000);
    assertThat(provider.says()).isEqualTo("8,000 of more sources than there is room for");
  }

  /** Asks the readers themselves: a bus would hide what they throw. */
  @Test
  void rubbishOfAnyKindThrowsNothing() {
    ToldTime.Bounds bounds = new ToldTime.Bounds(ZONE, OLDEST);
    List<MessageReader> readers =
        new ArrayList<>(
            TopicReader.all(
                List.of(
                    TopicReading.of("smollama/+/readings", "{1}/a", "/readings/0/value", "celsius"),
                    TopicReading.whole("smollama/+/readings", "{1}/whole", ValueForm.JSON)),
                bounds));
    readers.add(new EdgeReader("smollama", "hub", bounds));
    String whole = payload("system:cpu_temp", 45.5, "celsius", "2026-03-01T12:00:00Z");
    Random random = new Random(7);
    HeardSources sources = new HeardSources();
    int taken = 0;
    int faults = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
      for (int cuts = random.nextInt(6); cuts >= 0; cuts--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Message message = Message.event(EDGE, bytes);
      List<MessageFault> met = new ArrayList<>();
      for (MessageReader reader : readers) {
        for (Heard heard : reader.read(message, clock.instant(), met::add)) {
          try {
            sources.take(heard, clock.instant());
            taken++;
          } catch (UnusableMessageException e) {
            met.add(e.fault());
          }
        }
      }
      faults += met.size();
    }
    assertThat(taken).isGreaterThan(100);
    assertThat(faults).isGreaterThan(10_000);
    assertThat(sources.list().size()).isLessThanOrEqualTo(502);
  }
}
