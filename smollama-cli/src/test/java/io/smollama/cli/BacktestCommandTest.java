package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BacktestCommandTest extends ProgramFixture {
  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("values.csv"), text);
  }

  private static String values(int peakAt) {
    StringBuilder text = new StringBuilder("timestamp,value\n");
    for (int i = 0; i < 300; i++) {
      text.append(
          "2026-03-01 %02d:%02d:00,%s%n".formatted(i / 60, i % 60, i == peakAt ? 90 : 20 + i % 4));
    }
    return text.toString();
  }

  @Test
  void whatIsUnusualIsToldAndWritten() throws Exception {
    String csv = file(values(250)).toString();
    String scores = folder.resolve("scores.csv").toString();
    assertThat(run("backtest", "--csv", csv, "--scores", scores)).isZero();
    assertThat(out)
        .containsPattern("2026-03-01T04:10:00Z +90 +unusual to ")
        .containsPattern(
            "300 values, 1 unusual after the first 45, from which it learns; \\d+[.]\\d microseconds a value");
    assertThat(Files.readAllLines(folder.resolve("scores.csv")))
        .hasSize(301)
        .startsWith("timestamp,value,score,alarm")
        .anyMatch(line -> line.matches("2026-03-01T04:10:00Z,90,[01]\\.\\d{4},1"));
    assertThat(run("backtest", "--csv", csv, "--json", "--threshold", "0.3")).isZero();
    assertThat(out).contains("\"rows\" : 300", "2026-03-01T04:10:00Z");
    assertThat(folder.resolve("state")).as("needs no node").doesNotExist();
  }

  @Test
  void aLineThatIsNoneIsNamed() throws Exception {
    String csv = file("2026-03-01T00:00:00Z,1\n2026-03-01T00:01:00Z,warm\n").toString();
    assertThat(run("backtest", "--csv", csv)).isOne();
    assertThat(err).contains("values.csv line 2: 'warm' is no number");
    file("2026-03-01T00:00:00Z,20,847\n");
    assertThat(run("backtest", "--csv", csv)).isOne();
    assertThat(err)
        .contains("line 1: a line is 'timestamp,value' with a point")
        .contains("3 fields");
    file("timestamp,value,room\n2026-03-01T00:00:00Z,20,hall\n");
    assertThat(run("backtest", "--csv", csv)).isZero();
    assertThat(run("backtest", "--csv", csv, "--scores", csv)).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("values.csv"))).contains(",hall");
    file("yesterday,1\n");
    assertThat(run("backtest", "--csv", csv)).isOne();
    assertThat(err).contains("values.csv line 1: ");
    file("1\n");
    assertThat(run("backtest", "--csv", csv)).isOne();
    assertThat(err).contains("a line is 'timestamp,value'");
    assertThat(run("backtest", "--csv", folder.resolve("none.csv").toString())).isOne();
    assertThat(err).contains("none.csv cannot be read");
    assertThat(run("backtest", "--csv", csv, "--threshold", "2")).isEqualTo(2);
  }

  @Test
  void anEmptyFileHasNothingUnusual() throws Exception {
    assertThat(run("backtest", "--csv", file("").toString())).isZero();
    assertThat(out).startsWith("The file has no values");
  }
}
