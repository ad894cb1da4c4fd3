package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingsCsvTest extends ProgramFixture {
  private Path csv(String... lines) throws Exception {
    Path file = folder.resolve("in.csv");
    return Files.writeString(file, "timestamp,source,value,unit\n" + String.join("\n", lines));
  }

  @Test
  void exportImportExportIsIdentical() throws Exception {
    Path in =
        csv(
            "2026-03-01T12:00:00.123Z,mqtt:a/b,21.3,celsius",
            "1772366401,mqtt:a/b,NaN,celsius",
            "1772366402000,mqtt:a/b,-0.0,celsius",
            "2026-03-01T13:00:03+01:00,mqtt:a/b,-Infinity,fahrenheit",
            "2026-03-01T12:00:04Z,mqtt:a/b,'54,",
            "2026-03-01T12:00:05Z,mqtt:a/b,'true,",
            "2026-03-01T12:00:06Z,mqtt:a/b,on,boolean",
            "2026-03-01T12:00:07Z,mqtt:a/b,\"says \"\"hi\"\", twice\r\nand again\",",
            "2026-03-01T12:00:08Z,mqtt:a/b,',",
            "2026-03-01T12:00:09Z,mqtt:a/b,''x,",
            "2026-03-01T12:00:10Z,\"mqtt:with, comma\",\"json:{\"\"a\"\": [1]}\",",
            "2026-03-01T12:00:11Z,mqtt:a/b,1e300,");
    assertThat(run("readings", "import", "--csv", in.toString())).as(err).isZero();
    assertThat(out).startsWith("12 readings added, 0 replaced, 0 known already");
    assertThat(run("readings", "export")).isZero();
    String first = out;
    assertThat(first.lines()).hasSize(14);
    assertThat(first).contains("12:00:04Z,mqtt:a/b,'54,", "2026-03-01T12:00:02Z,mqtt:a/b,-0.0");
    useStateFolder("other");
    typed = first;
    assertThat(run("readings", "import", "--csv", "-")).as(err).isZero();
    assertThat(run("readings", "import", "--csv", "-")).isZero();
    assertThat(out).startsWith("0 readings added, 0 replaced, 12 known already");
    assertThat(run("readings", "export", folder.resolve("again.csv").toString())).isZero();
    assertThat(Files.readString(folder.resolve("again.csv"))).isEqualTo(first);
    run("readings", "export", "--source", "mqtt:w*", "--since", "2026-03-01T12:00:10Z");
    assertThat(out.lines()).hasSize(2);
  }

  /** A CSV reader takes all that follows for one text. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n"})
  void aQuoteThatNothingClosesIsNamedAndSwallowsNothing(String end) throws Exception {
    Path in = csv("5,a:b,1,", "6,a:b,\"open,", "7,a:b,3," + end);
    for (int i = 0; i < 2; i++) {
      String[] command = {"readings", "import", "--skip-bad", "--csv", in.toString()};
      assertThat(run(command)).isEqualTo(1);
      assertThat(err).contains("line 3 opens a quote that nothing closes", "(1 reading, ");
    }
    run("readings", "export");
    assertThat(out.lines()).hasSize(2);
    assertThat(out).doesNotContain("open", MarkedEnd.MARK);
  }

  @Test
  void aFileOfNothingLacksItsHeader() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    assertThat(run("readings", "import", "--csv", empty.toString())).isEqualTo(1);
    assertThat(err).contains("the header timestamp,source,value,unit is wanted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"54", "-1e5", ".5", "NaN", "true", "off", "json:{}", "'", "", "a,\"b"})
  void textsStayTexts(String words) {
    Reading reading =
        new Reading(
            SourceId.parse("mqtt:a"),
            new ReadingValue.Text(words),
            "",
            Instant.ofEpochSecond(5),
            Map.of());
    assertThat(new ReadingCsv().reading(List.of(ReadingCsv.fields(reading)))).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yesterday,a:b,1,|timestamp 'yesterday'",
        "2026-03-01T25:00:00,a:b,1,|wanted is ISO 8601",
        "1772366402000000,a:b,1,|too large for milliseconds",
        "5,nocolon,1,|nocolon",
        "5,a:b,,|no value",
        "5,a:b,1,x,y|5 fields"
      })
  void aBadLineIsNamedAndThoseBeforeItAreKept(String bad, String why) throws Exception {
    Path in = csv("1772366401,a:b,1,", bad, "1772366402,a:b,2,");
    assertThat(run("readings", "import", "--csv", in.toString())).isEqualTo(1);
    assertThat(err)
        .contains(
            in + " line 3", why, "What came before it is imported (1 reading, 1 of them new)");
    run("readings", "export");
    assertThat(out.lines()).hasSize(2);
    assertThat(run("readings", "import", "--skip-bad", "--csv", in.toString())).isZero();
    assertThat(err).contains(in + " line 3", why);
    assertThat(out).contains("1 reading added", "1 known already", "1 bad line skipped");
  }

  @Test
  void whatOneLineTakesFromAnotherIsCounted() throws Exception {
    Path in =
        csv("1772366401,a:b,1,", "1772366400,a:b,7,", "1772366401,a:b,2,", "1772366400,a:b,7,");
    assertThat(run("readings", "import", "--csv", in.toString())).isZero();
    assertThat(out)
        .contains("2 readings added, 0 replaced, 1 known already")
        .contains("1 reading had another value for the source and time of a later line");
    run("readings", "export");
    assertThat(out).contains("2026-03-01T12:00:01Z,a:b,2.0").doesNotContain("a:b,1.0");
  }

  @Test
  void textsAmongNumbersThatLookLikeNumbersAreNamed() throws Exception {
    Path in =
        csv(
            "1772366401,a:b,8.1,",
            "1772366402,a:b,\"8,1\",",
            "1772366403,a:b,0x10,",
            "1772366404,a:b,'12,",
            "1772366405,a:b,broken,",
            "1772366406,a:b,21.5 °C,",
            "1772366407,c:d,0x10,",
            "1772366408,e:f,\"3,5\",",
            "1772366409,e:f,\"3,6\",");
    assertThat(run("readings", "import", "--csv", in.toString())).isZero();
    assertThat(err.lines())
        .extracting(line -> line.replaceAll(".* line (\\d+): ('.*') of .*", "$1 $2"))
        .containsExactly("3 '8,1'", "4 '0x10'", "7 '21.5 °C'", "9 '3,5'");
    assertThat(out).contains("4 values look like numbers and were taken as texts");
    run("readings", "import", "--csv", csv("1772366500,a:b,1,").toString());
    typed = "timestamp,source,value,unit\n1772366501,a:b,\"8 2\",\n";
    run("readings", "import", "--csv", "-");
    assertThat(err).contains("- line 2: '8 2' of a:b looks like a number");
  }

  @Test
  void readingsThatWillNotBeKeptAreAnnounced() throws Exception {
    Path in = csv("2020-01-01,a:b,1,", "2020-01-02,a:b,2,", Instant.now() + ",a:b,3,");
    assertThat(run("readings", "import", "--csv", in.toString())).isZero();
    assertThat(out)
        .contains("2 of these readings are older than readings are kept")
        .containsPattern("memory.sensor_log_retention_days to [0-9]{4,} or more");
    run("memory", "export", "--kind", "reading", folder.resolve("all.jsonl").toString());
    useStateFolder("other");
    run("memory", "import", folder.resolve("all.jsonl").toString());
    assertThat(out).contains("2 of these readings are older than readings are kept");
    environment.put("SMOLLAMA_MEMORY_SENSOR_LOG_RETENTION_DAYS", "36500");
    run("readings", "import", "--csv", in.toString());
    assertThat(out).doesNotContain("older");
  }

  @Test
  void wrongUseSaysSo() throws Exception {
    assertThat(run("readings", "import")).isEqualTo(2);
    assertThat(run("readings", "export", "--since", "noon")).isEqualTo(2);
    assertThat(run("readings", "import", "--csv", "nowhere.csv")).isEqualTo(1);
    Path other = Files.writeString(folder.resolve("x.csv"), "a,b\n1,2\n");
    assertThat(run("readings", "import", "--csv", other.toString())).isEqualTo(1);
    assertThat(err).contains("line 1 is 'a,b'. Nothing was imported; the header timestamp,source");
  }
}
