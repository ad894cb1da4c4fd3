package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The course, the sums and the gaps of one source. */
class ReadingsHistoryCommandTest extends ProgramFixture {
  private static final String DAY = "--since=2026-03-01T00:00:00Z";
  private static final String END = "--until=2026-03-02T00:00:00Z";

  @BeforeEach
  void fill() throws Exception {
    StringBuilder csv = new StringBuilder("timestamp,source,value,unit\n");
    for (int minute = 0; minute < 24 * 60; minute++) {
      if (minute < 600 || minute >= 720) { // nothing from 10 to 12
        csv.append(
            "2026-03-01T%02d:%02d:00Z,dht:22,%d,celsius%n"
                .formatted(minute / 60, minute % 60, minute / 60));
      }
    }
    csv.append("2026-03-01T06:00:00Z,door:front,on,boolean\n");
    csv.append("2026-03-01T07:30:00Z,door:front,off,boolean\n");
    csv.append("2026-03-01T06:00:00Z,pump:state,idle,\n");
    Path file = Files.writeString(folder.resolve("in.csv"), csv);
    assertThat(run("readings", "import", "--csv", file.toString())).as(err).isZero();
  }

  private JsonNode json(String... words) throws Exception {
    assertThat(run(words)).as(err).isZero();
    return new ObjectMapper().readTree(out);
  }

  @Test
  void theCourseIsShownInAsManyWindowsAsAskedFor() throws Exception {
    assertThat(run("readings", "history", "dht:22", DAY, END, "--points", "12")).as(err).isZero();
    assertThat(out.lines()).hasSizeBetween(8, 13);
    assertThat(out).contains("dht:22 from 2026-03-01", "°C", " readings)", "####");
    JsonNode points =
        json("readings", "history", "dht:22", DAY, END, "--points", "12", "--json").path("points");
    assertThat(points.findValues("count")).hasSizeBetween(8, 12);
    long counted = 0;
    for (JsonNode count : points.findValues("count")) {
      counted += count.asLong();
    }
    assertThat(counted).as("every reading is in one window").isEqualTo(22 * 60);
  }

  @Test
  void fewReadingsAreShownEach() throws Exception {
    assertThat(run("readings", "history", "door:front", DAY, END)).isZero();
    assertThat(out.lines().map(String::strip))
        .anyMatch(line -> line.endsWith("on"))
        .anyMatch(line -> line.endsWith("off"));
    assertThat(json("readings", "history", "pump:state", DAY, END, "--json").path("points").get(0))
        .hasToString("{\"time\":\"2026-03-01T06:00:00Z\",\"value\":\"idle\"}");
    assertThat(run("readings", "history", "pump:state", "--last", "1h")).isZero();
    assertThat(out).contains("nothing was read in that time");
  }

  @Test
  void sumsAreToldInFiguresAndStates() throws Exception {
    JsonNode sums =
        json("readings", "stats", "dht:22", DAY, END, "--above", "20.5", "--below", "-1", "--json");
    assertThat(sums.path("readings").asInt()).isEqualTo(22 * 60);
    assertThat(sums.path("numbers").path("max").asInt()).isEqualTo(23);
    assertThat(sums.path("above").path("time").asText()).isEqualTo("2026-03-01T21:00:00Z");
    assertThat(sums.path("below").has("time")).isFalse();
    run("readings", "stats", "dht:22", DAY, END, "--above", "20.5", "--below", "-1");
    assertThat(out).contains("rose above 20.5 °C first at 2026-03-01 ", "never fell below -1 °C");
    run("readings", "stats", "door:front", DAY, END);
    assertThat(out).contains("on         1 h 30 min", "off        16 h 30 min");
  }

  @Test
  void gapsAreToldWithTheirLength() throws Exception {
    JsonNode gaps = json("readings", "gaps", "dht:22", DAY, END, "--json").path("gaps");
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).path("from").asText()).isEqualTo("2026-03-01T09:59:00Z");
    assertThat(gaps.get(0).path("seconds").asInt()).isEqualTo(121 * 60);
    run("readings", "gaps", "dht:22", DAY, END);
    assertThat(out).contains("2 h 1 min", "silent for 2 h 1 min in all");
    run("readings", "gaps", "dht:22", DAY, END, "--longer", "3h");
    assertThat(out).contains("never silent for longer than 3 h");
  }

  @Test
  void aSourceThatIsNotThereIsNamedWithTheNearest() {
    assertThat(run("readings", "stats", "dht:23")).isEqualTo(1);
    assertThat(err).contains("Nothing was ever read from 'dht:23'; did you mean 'dht:22'?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "history dht",
        "history dht:22 --points 1",
        "stats dht:22 --last soon",
        "stats dht:22 --last 0h",
        "gaps dht:22 --longer x",
        "gaps dht:22 --since 2026-03-02 --until 2026-03-01",
        "gaps dht:22 --since 2026-03-02 --last 3h"
      })
  void wrongUsageIsOneLine(String words) {
    assertThat(run(("readings " + words).split(" "))).isEqualTo(2);
    assertThat(err.strip().lines()).hasSize(1);
  }
}
