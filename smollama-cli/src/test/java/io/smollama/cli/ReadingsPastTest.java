package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code readings history}, {@code stats} and {@code gaps} without a running node. */
class ReadingsPastTest extends ProgramFixture {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);

  @BeforeEach
  void fill() {
    StringBuilder csv = new StringBuilder("timestamp,source,value,unit\n");
    for (int minute = 180; minute > 0; minute--) {
      if (minute <= 60 || minute > 90) {
        csv.append("%s,mqtt:hall,%d.5,celsius%n".formatted(ago(minute), minute % 60));
      }
    }
    csv.append("%s,gpio:17,off,boolean\n".formatted(ago(90)));
    csv.append("%s,gpio:17,on,boolean\n".formatted(ago(30)));
    csv.append("%s,gpio:17,on,boolean\n".formatted(ago(20)));
    typed = csv.toString();
    assertThat(run("readings", "import", "--csv", "-")).as(err).isZero();
  }

  private Instant ago(int minutes) {
    return now.minus(minutes, ChronoUnit.MINUTES);
  }

  @Test
  void historyIsATableWithACourse() throws Exception {
    assertThat(run("readings", "history", "hall", "--every", "1h", "--last", "5h"))
        .as(err)
        .isZero();
    assertThat(out)
        .startsWith("mqtt:hall in °C, ")
        .contains(", by 1 h\n", "least", "mean", "most", "readings")
        .containsPattern("[▁▂▃▄▅▆▇█]")
        .containsPattern("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d {4}")
        .doesNotContain("kept from");
    run("readings", "history", "gpio:17", "--json");
    assertThat(new ObjectMapper().readTree(out).path("sources").get(0).path("changes")).hasSize(2);
    run("readings", "history", "gpio:17");
    assertThat(out.lines().skip(1).limit(2).map(line -> line.substring(20).strip()))
        .containsExactly("off", "on");
    run("readings", "history", "*", "--all", "--limit", "3");
    assertThat(out.lines().filter(line -> line.matches("\\d{4}-.*"))).hasSize(6);
  }

  @Test
  void statisticsTellNumbersStatesAndLevels() {
    assertThat(run("readings", "stats", "*", "--above", "58", "--below", "-1")).as(err).isZero();
    assertThat(out)
        .contains("150 readings from 0.5 to 59.5, mean ", "half of them from ", "median ")
        .contains("Rose above 58.0 first ", "Never below -1.0")
        .containsPattern("off +1 h +6[67] %")
        .containsPattern("on +30 min");
  }

  @Test
  void gapsAreListed() {
    assertThat(run("readings", "gaps", "hall")).as(err).isZero();
    assertThat(out).contains("silent for longer than 10m once, together 31 min");
    run("readings", "gaps", "hall", "--longer", "2h");
    assertThat(out).contains("never silent for longer than 2h");
  }

  @Test
  void whatASourceSaidLastIsListedWithWhatOthersSayNowAndCanBeSelected() {
    assertThat(run("readings")).isZero();
    assertThat(out).containsPattern("mqtt:hall +1.5 °C  ").contains("system:mem_percent");
    run("readings", "mqtt:*");
    assertThat(out.lines()).hasSize(1);
    run("readings", "hall");
    assertThat(out).startsWith("mqtt:hall ");
    assertThat(run("readings", "histroy")).isEqualTo(2);
    assertThat(err).contains("No source says anything that is 'histroy'; did you mean 'history'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2|history hall --last 5|--last is a length of time such as 30s, 15m, 24h or 7d, was '5'",
        "2|history hall --from noon|--from is a day such as 2026-03-01",
        "2|history hall --from 2026-03-01 --last 1h|--last and --from",
        "2|history hall --from 2026-03-01 --to 2026-02-01|--from must lie before --to",
        "2|history hall --every 1h --all|exclude each other",
        "2|history|SOURCE",
        "2|gaps hall --longer x|--longer is a length",
        "1|stats hal|No source that ever spoke is 'hal'; did you mean mqtt:hall",
        "1|history hall --last 900d --every 1s|the most are 20,000"
      })
  void whatMakesNoSenseIsRefusedInALine(int code, String arguments, String why) {
    assertThat(run(("readings " + arguments).split(" "))).isEqualTo(code);
    assertThat(err).contains(why);
    assertThat(err.strip().lines()).hasSizeLessThan(3);
  }
}
