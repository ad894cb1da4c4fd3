package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Commands about readings while a node runs on the same state folder. */
class BesideRunningNodeTest extends RunningNodeFixture {
  private Path csv(String... lines) throws Exception {
    return Files.writeString(
        folder.resolve("in.csv"), "timestamp,source,value,unit\n" + String.join("\n", lines));
  }

  private void imported(Path in) {
    assertThat(run("readings", "import", "--csv", in.toString())).as(err).isZero();
  }

  @Test
  void anImportIsTakenInByTheNodeAndReportsTheSame() throws Exception {
    startNode("readings.interval=1h");
    Path in =
        csv(
            "2026-03-01T12:00:00Z,a:b,-0.0,celsius",
            "2026-03-01T12:00:01Z,a:b,NaN,celsius",
            "2026-03-01T12:00:02Z,a:b,on,boolean",
            "2026-03-01T12:00:03Z,a:b,'54,",
            "2026-03-01T12:00:04Z,a:b,\"json:{\"\"a\"\": [1]}\",",
            "2026-03-01T12:00:05Z,a:b,1,",
            "2026-03-01T12:00:05Z,a:b,2,");
    imported(in);
    assertThat(out)
        .startsWith("6 readings added, 0 replaced, 0 known already")
        .contains("1 reading had another value");
    run("readings", "export", "--source", "a:b");
    String exported = out;
    imported(in);
    assertThat(out).startsWith("0 readings added, 0 replaced, 6 known already");
    imported(csv("2026-03-01T12:00:05Z,a:b,3,"));
    assertThat(out).startsWith("0 readings added, 1 replaced");
    stopNode();
    useStateFolder("other");
    typed = exported;
    run("readings", "import", "--csv", "-");
    run("readings", "export");
    assertThat(out)
        .isEqualTo(exported)
        .contains("a:b,-0.0,celsius", "a:b,NaN,", "a:b,true,boolean");
  }

  @Test
  void manyReadingsComeInSeveralRequests() throws Exception {
    startNode("readings.interval=1h");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      lines.append("%d,mqtt:\u2603%d,\"text \u0007 %d\",\n".formatted(1_772_366_400 + i, i % 3, i));
    }
    lines.append("1772400000,mqtt:large,%s,".formatted("\u20ac".repeat(120_000)));
    imported(csv(lines.toString()));
    assertThat(out).startsWith("5,001 readings added");
    assertThat(node().parts().memory().readings().sources()).hasSizeGreaterThan(3);
  }

  @Test
  void aBadLineTellsWhatTheNodeHasTaken() throws Exception {
    startNode("readings.interval=1h");
    Path in = csv("1772366400,a:b,1,", "noon,a:b,2,", "1772366402,a:b,3,");
    assertThat(run("readings", "import", "--csv", in.toString())).isEqualTo(1);
    assertThat(err).contains("line 3", "is imported (1 reading, 1 of them new)");
    assertThat(run("readings", "import", "--skip-bad", "--csv", in.toString())).isZero();
    assertThat(out).startsWith("1 reading added, 0 replaced, 1 known already, 1 bad line");
  }

  @Test
  void aNodeThatRefusesIsToldWithWhatIsThere() throws Exception {
    startNode("readings.interval=1h");
    Path in = csv("1772366400,a:b," + "\u20ac".repeat(400_000) + ",");
    assertThat(run("readings", "import", "--csv", in.toString())).isEqualTo(1);
    assertThat(err).contains("The body has at most 1000000 bytes. Imported: 0 readings;");
  }

  @Test
  void lookingBackTellsTheSameWithAndWithoutTheNode() throws Exception {
    Path in = csv("1772366400,a:b,1,", "1772366401,a:b,2,", "1772369000,a:b,on,boolean");
    imported(in);
    for (String what : new String[] {"history", "stats", "gaps"}) {
      String[] command = {
        "readings", what, "--json", "--from", "2026-03-01T12:00:00Z", "--to", "2026-03-02", "a:*"
      };
      assertThat(run(command)).as(err).isZero();
      JsonNode alone = new ObjectMapper().readTree(out);
      startNode("readings.interval=1h");
      assertThat(run(command)).as(err).isZero();
      assertThat((ObjectNode) new ObjectMapper().readTree(out)).isEqualTo(alone);
      stopNode();
    }
    startNode("readings.interval=1h");
    assertThat(run("readings", "stats", "nobody")).isEqualTo(1);
    assertThat(err).contains("The node refused: No source that ever spoke is 'nobody'");
  }
}
