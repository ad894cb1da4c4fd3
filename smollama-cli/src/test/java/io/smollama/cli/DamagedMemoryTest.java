package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person is told when the card has lost some of the readings. */
class DamagedMemoryTest extends ProgramFixture {
  private Path memory;

  @BeforeEach
  void fillAndDamage() throws Exception {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, "timestamp,source,value,unit\n5,a:b,1,\n6,a:b,2,\n7,c:d,3,\n");
    assertThat(run("readings", "import", "--csv", file.toString())).as(err).isZero();
    memory = folder.resolve("state/memory.sqlite");
    sql("UPDATE chunk SET readings = zeroblob(9) WHERE count = 2");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + memory);
        Statement update = connection.createStatement()) {
      assertThat(update.executeUpdate(statement)).isEqualTo(1);
    }
  }

  @Test
  void anExportHasTheOthersAndSaysWhatIsLeftOut() {
    for (String command : new String[] {"readings", "memory"}) {
      assertThat(run(command, "export")).isEqualTo(1);
      assertThat(out).contains("c:d").doesNotContain("a:b");
      assertThat(err)
          .isEqualTo(
              "Left out, because they are damaged: 2 readings of a:b from 1970-01-01T00:00:05Z to"
                  + " 1970-01-01T00:00:06Z\n");
    }
    assertThat(run("readings", "export", "--json", folder.resolve("out.csv").toString()))
        .isEqualTo(1);
    assertThat(out).contains("\"damaged\" : [ \"2 readings of a:b from");
    assertThat(run("readings", "export", "--source", "c:*")).as(err).isZero();
    assertThat(run("memory", "export", "--kind", "memory")).as(err).isZero();
    assertThat(run("readings", "export", "--since", "1970-01-02T00:00:00Z")).as(err).isZero();
  }

  @Test
  void statusAndVerifyNameIt() {
    run("status");
    assertThat(out).contains("damaged and left out: 2 readings of a:b from");
    assertThat(run("memory", "verify")).isEqualTo(1);
    assertThat(out).contains("DAMAGED: ", "2 readings of a:b from 1970");
  }

  @Test
  void aFileThatCannotBeOpenedLeavesAStatusAndOneClearLine() throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(memory.toFile(), "rw")) {
      bytes.write(new byte[4_096]);
    }
    byte[] damaged = Files.readAllBytes(memory);
    assertThat(run("status")).isZero();
    assertThat(out).contains("failing  memory", "is damaged", "'smollama run' keeps it");
    assertThat(run("recall", "x")).isEqualTo(1);
    assertThat(err.strip().lines()).hasSize(1);
    assertThat(err).contains(memory + ": is damaged");
    assertThat(Files.readAllBytes(memory)).isEqualTo(damaged);
  }

  @Test
  void salvageLeavesItOut() {
    String rescued = folder.resolve("rescued.sqlite").toString();
    run("memory", "salvage", memory.toString(), rescued);
    assertThat(out)
        .contains("chunk                       1 rows", "Lost at chunk ", "2 readings of a:b");
  }
}
