package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an import cannot keep as it stands is told or refused, never changed silently. */
class ImportedValuesTest extends ProgramFixture {
  private Path bytes(String name, Object... parts) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer one) {
        all.write(one);
      } else {
        all.write(part.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
    return Files.write(folder.resolve(name), all.toByteArray());
  }

  private static final String HEADER = "timestamp,source,value,unit\n";

  @Test
  void numbersOfACsvFileThatHaveMoreDigitsThanAreKeptAreTold() throws Exception {
    Path in =
        bytes(
            "in.csv",
            HEADER,
            "1772366401,a:b,9007199254740992,\n",
            "1772366402,a:b,9007199254740993,\n",
            "1772366403,a:b,12345678901234567890,\n",
            "1772366404,a:b,'12345678901234567890,\n",
            "1772366405,a:b,0.30000000000000004,\n");
    assertThat(run("readings", "import", "--csv", in.toString())).as(err).isZero();
    assertThat(err.strip())
        .isEqualTo(
            "smollama: %s line 3: 9007199254740993 has more digits than are kept; it becomes 9.007199254740992E15"
                .formatted(in));
    assertThat(out).contains("more digits than about 16 are not kept: 2 numbers");
    run("readings", "import", "--json", "--csv", in.toString());
    assertThat(new ObjectMapper().readTree(out).path("rounded_numbers").asInt()).isEqualTo(2);
  }

  @Test
  void aNumberThatIsTooLargeIsABadLine() throws Exception {
    Path in = bytes("in.csv", HEADER, "1,a:b,1,\n2,a:b,1e400,\n3,a:b,3,\n");
    assertThat(run("readings", "import", "--csv", in.toString())).isEqualTo(1);
    assertThat(err).contains(in + " line 3: the number 1E+400 is too large to be kept");
    assertThat(run("readings", "import", "--skip-bad", "--csv", in.toString())).isZero();
    run("readings", "export");
    assertThat(out).doesNotContain("Infinity").hasLineCount(3);
  }

  @Test
  void ofLinesOfJsonTheSameIsTold() throws Exception {
    String reading =
        "{\"kind\":\"reading\",\"time\":\"2026-03-01T12:00:0%dZ\",\"source\":\"a:b\",\"value\":%s}\n";
    Path in =
        bytes(
            "in.jsonl",
            reading.formatted(1, "-0.0"),
            reading.formatted(2, "12345678901234567890"),
            reading.formatted(3, "{\"a\":[12345678901234567890,1e400]}"));
    assertThat(run("memory", "import", in.toString())).as(err).isZero();
    assertThat(err).contains(in + " line 2: 12345678901234567890 has more digits than are kept");
    assertThat(out).contains("more digits than about 16 are not kept: 1 number;");
    run("readings", "export");
    assertThat(out).contains("a:b,-0.0,", "12345678901234567890,1E+400");
    Path large = bytes("large.jsonl", reading.formatted(1, "1e400"));
    assertThat(run("memory", "import", large.toString())).isEqualTo(1);
    assertThat(err).contains("line 1: 'value': the number 1E+400 is too large to be kept");
  }

  @Test
  void aByteThatIsNoUtf8IsNamedByLineAndPassedOver() throws Exception {
    Path in =
        bytes(
            "in.csv",
            HEADER,
            "1,a:b,caf",
            0xE9,
            ",\n2,a:b,\u00e9 \ud83d\ude00,\n3,a:c",
            0xFF,
            ",1,\n4,a:b,4,");
    assertThat(run("readings", "import", "--csv", in.toString())).isEqualTo(1);
    assertThat(err)
        .contains(in + " line 2: byte 38 of the file (0xE9) is no UTF-8. Nothing was imported")
        .contains("--skip-bad");
    assertThat(run("readings", "import", "--skip-bad", "--csv", in.toString())).isZero();
    assertThat(err).contains("line 2: byte 38", "line 4: byte 61 of the file (0xFF)");
    assertThat(out).contains("2 readings added", "2 bad lines skipped");
    run("readings", "export");
    assertThat(out).contains("a:b,\u00e9 \ud83d\ude00,", "a:b,4.0,").hasLineCount(3);
  }

  @Test
  void soItIsInLinesOfJsonAndInWhatIsTyped() throws Exception {
    Path in =
        bytes(
            "in.jsonl",
            "{\"kind\":\"memory\",\"text\":\"The bins go out\"}\n{\"kind\":\"memory\",\"text\":\"caf",
            0xE9,
            "\"}\n");
    assertThat(run("memory", "import", in.toString())).isEqualTo(1);
    assertThat(err).contains(in + " line 2: byte 72 of the file (0xE9) is no UTF-8", "(1 observ");
    assertThat(run("remember", "The caf\ufffd is closed")).isEqualTo(2);
    assertThat(err).contains("A character of the fact is no UTF-8 (the 8th");
  }

  @Test
  void textsComeThroughWhateverThePieces() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 9_000; i++) {
      text.append(i % 3 == 0 ? "\u00e9" : i % 3 == 1 ? "\ud83d\ude00" : "\u20ac");
    }
    StringWriter read = new StringWriter();
    byte[] written = text.toString().getBytes(StandardCharsets.UTF_8);
    try (Utf8Reader reader = new Utf8Reader(new ByteArrayInputStream(written))) {
      reader.transferTo(read);
      assertThat(read).hasToString(text.toString());
      assertThat(reader.complaint(List.of(text.toString()))).isEmpty();
    }
    try (Utf8Reader reader =
        new Utf8Reader(new ByteArrayInputStream(written, 0, written.length - 1))) {
      String cut = new BufferedReader(reader).readLine();
      assertThat(reader.complaint(List.of(cut)))
          .hasValueSatisfying(what -> assertThat(what).contains("(0xE2) is no UTF-8"));
    }
  }
}
