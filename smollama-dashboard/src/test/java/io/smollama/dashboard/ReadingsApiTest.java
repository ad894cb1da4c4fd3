package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sources said over time, over HTTP. */
class ReadingsApiTest extends NodeFixture {
  private void say(long secondsAgo, String source, ReadingValue value, String unit) {
    Instant time = node.clock.instant().minusSeconds(secondsAgo);
    node.store
        .readings()
        .append(List.of(new Reading(SourceId.parse(source), value, unit, time, Map.of())));
  }

  private void say(long secondsAgo, double value) {
    say(secondsAgo, "mqtt:hall", new ReadingValue.Quantity(value), "celsius");
  }

  private JsonNode only(String path) {
    JsonNode sources = node.json(path).path("sources");
    assertThat(sources).hasSize(1);
    return sources.get(0);
  }

  @Test
  void fewReadingsAreListedEach() {
    say(60, 20.5);
    say(0, 21);
    assertThat(only("/api/readings/history?source=mqtt:hall").toString())
        .isEqualTo(
            "{\"source\":\"mqtt:hall\",\"unit\":\"celsius\",\"kept_from\":\"2026-03-01T11:59:00Z\","
                + "\"partly_gone\":false,"
                + "\"points\":[{\"time\":\"2026-03-01T11:59:00Z\",\"value\":20.5,\"min\":20.5,"
                + "\"max\":20.5,\"count\":1,\"seconds\":0.0},{\"time\":\"2026-03-01T12:00:00Z\","
                + "\"value\":21.0,\"min\":21.0,\"max\":21.0,\"count\":1,\"seconds\":0.0}]}");
  }

  @Test
  void manyAreSummedUpInStepsOfTheCalendar() {
    for (int i = 0; i < 3_000; i++) {
      say(i * 30L, i % 2 == 0 ? 20 : 22);
    }
    JsonNode hall = only("/api/readings/history?source=hall");
    assertThat(hall.path("step_seconds").asDouble()).isEqualTo(3_600);
    assertThat(hall.path("points").get(1).toString())
        .isEqualTo(
            "{\"time\":\"2026-02-28T13:00:00Z\",\"value\":21.0,\"min\":20.0,\"max\":22.0,"
                + "\"count\":120,\"seconds\":3600.0}");
    JsonNode days = only("/api/readings/history?source=hall&last=2d&every=1d");
    assertThat(days.path("points").findValuesAsText("time"))
        .containsExactly("2026-02-27T23:00:00Z", "2026-02-28T23:00:00Z");
    assertThat(only("/api/readings/history?source=hall&points=7").path("points")).hasSize(7);
    JsonNode raw = only("/api/readings/history?source=hall&all=true&limit=5").path("readings");
    assertThat(raw).hasSize(5);
    assertThat(raw.get(4).path("time").asText()).isEqualTo("2026-03-01T12:00:00Z");
  }

  @Test
  void ofFlagsAndTextsChangesAreToldAndHowLongEachLasted() {
    say(7_200, "gpio:17", new ReadingValue.Flag(false), "boolean");
    say(3_600, "gpio:17", new ReadingValue.Flag(true), "boolean");
    say(1_800, "gpio:17", new ReadingValue.Flag(true), "boolean");
    assertThat(
            only("/api/readings/history?source=gpio:*").path("changes").findValuesAsText("value"))
        .containsExactly("false", "true");
    JsonNode stats = only("/api/readings/stats?source=gpio:17&above=0.5");
    assertThat(stats.path("states").toString())
        .isEqualTo("[{\"value\":true,\"seconds\":3600.001},{\"value\":false,\"seconds\":3600.0}]");
    assertThat(stats.path("above").toString())
        .isEqualTo(
            "{\"level\":0.5,\"at_start\":false,\"time\":\"2026-03-01T11:00:00Z\",\"value\":true}");
  }

  @Test
  void statisticsTellLevelsAndWhetherTheBeginLayBeyond() {
    for (int i = 1; i <= 100; i++) {
      say(i, i);
    }
    JsonNode stats = only("/api/readings/stats?source=hall&below=50&above=200");
    assertThat(stats.path("numbers").toString())
        .isEqualTo(
            "{\"count\":100,\"min\":1.0,\"max\":100.0,\"mean\":50.5,\"percentiles\":{\"5\":5.0,"
                + "\"25\":25.0,\"50\":50.0,\"75\":75.0,\"95\":95.0},\"percentiles_estimated\":false}");
    assertThat(stats.path("below").path("value").asInt()).isEqualTo(49);
    assertThat(stats.path("above").toString()).isEqualTo("{\"level\":200.0,\"at_start\":false}");
    assertThat(only("/api/readings/stats?source=hall&above=50").path("above").toString())
        .isEqualTo("{\"level\":50.0,\"at_start\":true}");
  }

  @Test
  void gapsEndNowAndNotInTheFuture() {
    say(7_200, 1);
    say(600, 2);
    node.clock.advance(Duration.ofHours(1));
    JsonNode gaps =
        only("/api/readings/gaps?source=hall&longer=15m&to=2026-03-05T00:00:00Z&last=10d");
    assertThat(gaps.path("count").asInt()).isEqualTo(2);
    assertThat(gaps.path("gaps").get(1).path("open").asBoolean()).isTrue();
    assertThat(gaps.path("gaps").get(1).path("seconds").asDouble()).isEqualTo(4_200.001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "history?last=1h|'source' is missing",
        "history?source=hal|did you mean mqtt:hall",
        "gaps?source=x:y|there are mqtt:hall",
        "history?source=hall&last=soon|'last' must be a time such as 30s, 15m, 24h or 7d, was 'soon'",
        "history?source=hall&last=0h|'last' must be a time",
        "history?source=hall&last=1h&from=2026-03-01T00:00:00Z|leave one out",
        "history?source=hall&from=2026-03-02T00:00:00Z|'from' must lie before 'to'",
        "history?source=hall&from=noon|'from' must be a time",
        "history?source=hall&last=9000d&every=1s|the most are 20,000",
        "history?source=hall&points=none|'points' must be a whole number",
        "stats?source=hall&above=high|'above' must be a number, was 'high'",
      })
  void whatMakesNoSenseIsRefusedInASentence(String asked, String why) {
    say(9, 1);
    var response = node.get("/api/readings/" + asked);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Node.json(response).path("detail").asText()).contains(why);
  }

  @Test
  void readingsAreTakenInWholeOrNotAtAll() {
    String line =
        "\"{\\\"kind\\\":\\\"reading\\\",\\\"time\\\":\\\"2026-03-01T11:00:00Z\\\",\\\"source\\\":\\\"a:b\\\",\\\"value\\\":%s}\"";
    String path = "/api/readings/import";
    var bad = "{\"lines\":[" + line.formatted("1") + "," + line.formatted("1e400") + "]}";
    assertThat(Node.json(node.postJson(path, bad)).path("detail").asText())
        .isEqualTo(
            "Line 2 'value': the number 1E+400 is too large to be kept; the largest is about 1.8e308.");
    assertThat(node.store.readings().count()).isZero();
    var good = "{\"lines\":[" + line.formatted("1") + "]}";
    assertThat(node.postJson(path, good).body())
        .isEqualTo("{\"added\":1,\"replaced\":0,\"unchanged\":0,\"outdone\":0}");
    assertThat(node.postJson(path, "{}").statusCode()).isEqualTo(400);
    assertThat(node.postForm(path, "lines=1", "HX-Request", "true").statusCode()).isEqualTo(415);
    assertThat(node.get(path).statusCode()).isEqualTo(405);
    String fact = "{\"lines\":[\"{\\\"kind\\\":\\\"memory\\\",\\\"text\\\":\\\"x\\\"}\"]}";
    assertThat(node.postJson(path, fact).body()).contains("Line 1 is no reading");
    assertThat(node.postJson("/api/memory/import", " ".repeat(70_000)).statusCode()).isEqualTo(413);
    assertThat(node.postJson(path, good + " ".repeat(900_000)).statusCode()).isEqualTo(200);
  }

  @Test
  void stepsBeginWithTheHoursOfADayThatHasOneLess() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant from = Instant.parse("2026-03-28T23:30:00Z");
    List<Instant> edges =
        CalendarSteps.edges(from, from.plus(Duration.ofDays(2)), Duration.ofHours(6), berlin);
    assertThat(edges)
        .extracting(edge -> edge.atZone(berlin).toLocalTime().toString())
        .containsExactly(
            "00:30", "07:00", "13:00", "19:00", "00:00", "06:00", "12:00", "18:00", "00:00",
            "01:30");
    assertThat(CalendarSteps.edges(from, from.plus(Duration.ofDays(3)), Duration.ofDays(1), berlin))
        .extracting(edge -> edge.atZone(berlin).toLocalTime().toString())
        .containsExactly("00:30", "00:00", "00:00", "00:00", "01:30");
    assertThat(
            CalendarSteps.edges(from, from.plus(Duration.ofDays(1)), Duration.ofHours(1), berlin))
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(26);
  }
}
