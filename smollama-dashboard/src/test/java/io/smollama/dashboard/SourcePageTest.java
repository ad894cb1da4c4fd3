package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of one source. */
class SourcePageTest extends NodeFixture {
  private void say(long minutesAgo, String source, ReadingValue value, String unit) {
    Instant time = node.clock.instant().minusSeconds(60 * minutesAgo);
    node.store
        .readings()
        .append(List.of(new Reading(SourceId.parse(source), value, unit, time, Map.of())));
  }

  private String page(String query) {
    HttpResponse<String> page = node.get("/readings?source=" + query);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return page.body();
  }

  @Test
  void aTileLeadsToThePageOfItsSource() {
    node.readings.add(Reading.of("mqtt:hall/a&b", 21, "celsius", node.clock.instant()));
    assertThat(node.get("/readings").body())
        .contains("href=\"/readings?source=mqtt%3Ahall%2Fa%26b\"");
  }

  @Test
  void numbersAreDrawnWithScalesFiguresAndSilentTimes() {
    for (int i = 0; i < 1_200; i++) {
      if (i < 300 || i >= 600) {
        say(i, "mqtt:hall", new ReadingValue.Quantity(20 + i % 7), "celsius");
      }
    }
    String page = page("mqtt:hall");
    assertThat(page)
        .contains("<h2 id=\"source-title\">Hall</h2>", "aria-label=\"Hall in the last 24 h\"")
        .contains("20 °C</text>", "26 °C</text>", "00:00</text>", "Grey: nothing was said.")
        .contains("<dt>Mean</dt><dd>23 °C</dd>", "<dt>Readings</dt><dd>900</dd>")
        .contains("<dt>Silent for over 10 min</dt><dd>1 ×, 5 h 1 min</dd>")
        .contains("<li><span>2026-03-01 03:00</span> <b>5 h 1 min</b></li>");
    assertThat(page).containsPattern("class=\"course\" d=\"M[^M]+M[^M]+\"");
    assertThat(page)
        .containsPattern(
            "class=\"gap\" x=\"58\\.[0-9]+%\" y=\"0\" width=\"20\\.[0-9]+%\" height=\"100%\"");
    // an hour of silence in steps of an hour
    for (int i = 2_000; i < 4_000; i++) {
      if (i < 3_000 || i >= 3_090) {
        say(i, "mqtt:porch", new ReadingValue.Quantity(20 + i % 7), "celsius");
      }
    }
    assertThat(page("mqtt:porch&last=7d"))
        .containsPattern("class=\"course\" d=\"M[^M]+M[^M]+\"")
        .contains("<dt>Silent for over 1 h 10 min</dt>", "1 h 31 min</b>");
    assertThat(page("mqtt:hall&last=1h"))
        .contains("aria-current=\"true\">1 h</a>", "<dd>60</dd>", "never</dd>");
    assertThat(node.get("/htmx/source?source=mqtt%3Ahall&last=7d").body())
        .contains("<svg class=\"bigchart\"")
        .doesNotContain("<html");
  }

  @Test
  void flagsAndTextsAreToldByHowLongTheyLasted() {
    say(120, "gpio:17", new ReadingValue.Flag(false), "boolean");
    say(30, "gpio:17", new ReadingValue.Flag(true), "boolean");
    assertThat(page("gpio:17"))
        .contains(
            "<span>off</span> <span>1 h 30 min, 75 %</span>", "share that was on", "on</text>")
        .contains("<li><span>2026-03-01 12:30</span> <b>on</b></li>");
    say(60, "mqtt:washer", new ReadingValue.Text(EVIL), "");
    assertThat(page("mqtt:washer"))
        .contains("&lt;script&gt;alert(1)", "100 %")
        .doesNotContain(EVIL, "bigchart");
  }

  @Test
  void aSpanWithoutReadingsSaysSo() {
    say(60 * 24 * 9, "mqtt:hall", new ReadingValue.Quantity(1), "");
    // an hour of silence in steps of an hour
    for (int i = 2_000; i < 4_000; i++) {
      if (i < 3_000 || i >= 3_090) {
        say(i, "mqtt:porch", new ReadingValue.Quantity(20 + i % 7), "celsius");
      }
    }
    assertThat(page("mqtt:porch&last=7d"))
        .containsPattern("class=\"course\" d=\"M[^M]+M[^M]+\"")
        .contains("<dt>Silent for over 1 h 10 min</dt>", "1 h 31 min</b>");
    assertThat(page("mqtt:hall&last=1h")).contains("No numbers in the last 1 h.");
  }

  @Test
  void whatIsUnknownIsASentence() {
    HttpResponse<String> page = node.get("/readings?source=mqtt:nobody");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("No source that ever spoke is 'mqtt:nobody'");
    say(1, "mqtt:hall", new ReadingValue.Quantity(1), "");
    assertThat(node.get("/readings?source=mqtt:hall&last=x").body())
        .contains("'last' must be a time such as");
  }

  @ParameterizedTest
  @CsvSource({
    "16.3, 25.6, 15.0, 30.0",
    "0, 100, 0, 100",
    "5, 5, 5, 5.5",
    "-3, 3, -4, 4",
    "1e-9, 3e-9, 0, 0",
    "0, 0, 0, 0.5"
  })
  void scalesEncloseAllAndAreRound(double least, double most, double low, double high) {
    RoundLevels levels = RoundLevels.of(least, most);
    assertThat(levels.low()).isLessThanOrEqualTo(least);
    assertThat(levels.high()).isGreaterThanOrEqualTo(most).isGreaterThan(levels.low());
    assertThat(levels.all()).hasSizeBetween(2, 7);
    if (high > 0) {
      assertThat(List.of(levels.low(), levels.high())).isEqualTo(List.of(low, high));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 6", "24, 4", "168, 7", "720, 4", "8760, 4"})
  void timesHaveRoomOnATelephone(long hours, int marks) {
    Instant to = Instant.parse("2026-03-30T12:34:00Z");
    Instant from = to.minusSeconds(3_600 * hours);
    assertThat(TimeMarks.of(from, to, ZoneId.of("Europe/Berlin"))).hasSizeBetween(marks - 1, marks);
  }
}
