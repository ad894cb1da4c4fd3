package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramFailuresTest extends ProgramFixture {
  @Test
  void wrongUsageIsTwo() {
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("ask")).isEqualTo(2);
    assertThat(run("ask", "")).isEqualTo(2);
    assertThat(run("remember", " ")).isEqualTo(2);
    assertThat(run("remember", "--confidence", "7", "x")).isEqualTo(2);
    assertThat(run("recall", "-n", "0", "x")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recall -n 0 x|--limit is 1 to 1000, was 0 (see 'smollama recall --help')",
        "recall -n x x|'--limit': 'x' is not an int (see 'smollama recall --help')",
        "memory list --al|Unknown option: '--al'; did you mean '--all'? (see 'smollama memory list",
        "ask|Missing required parameter: 'QUESTION' (see 'smollama ask --help')",
        "recal|did you mean 'recall'? (see 'smollama --help')"
      })
  void wrongUsageIsOneLineThatSaysWhereToReadOn(String usage) {
    String[] parts = usage.split("\\|");
    assertThat(run(parts[0].split(" "))).isEqualTo(2);
    assertThat(err.strip().lines()).hasSize(1);
    assertThat(err).startsWith("smollama: ").contains(parts[1]);
  }

  @Test
  void aCommandWithoutItsOwnWorkShowsWhatThereIs() {
    assertThat(run("memory")).isEqualTo(2);
    assertThat(err).contains("Missing required subcommand", "retract-observation");
  }

  @Test
  void noExceptionIsNamed() throws Exception {
    run("remember", "x");
    Path file = Files.writeString(folder.resolve("file"), "");
    String memory = folder.resolve("state/memory.sqlite").toString();
    for (String[] words :
        List.of(
            new String[] {"memory", "backup", "/proc/x"},
            new String[] {"memory", "backup", file.toString()},
            new String[] {"memory", "export", file + "/x"},
            new String[] {"memory", "export", folder.toString()},
            new String[] {"memory", "import", memory},
            new String[] {"readings", "export", folder.toString()},
            new String[] {"readings", "import", "--csv", memory},
            new String[] {"-c", folder.toString(), "status"})) {
      assertThat(run(words)).as("%s", List.of(words)).isEqualTo(1);
      assertThat(err.strip().lines()).as(err).hasSize(1);
      assertThat(err).doesNotContain("Exception", "java.").doesNotContainPattern("\\p{Cc}.");
    }
    environment.put("SMOLLAMA_HOME", file.toString());
    assertThat(run("status")).isEqualTo(1);
    assertThat(err).contains(file + " is a file, not a folder").doesNotContain("Exception");
  }

  @Test
  void anUnknownKeyIsOneClearLine() throws Exception {
    Path config = Files.writeString(folder.resolve("c.yaml"), "node:\n  nam: x\n");
    assertThat(run("-c", config.toString(), "status")).isEqualTo(1);
    assertThat(err.strip())
        .isEqualTo(
            "smollama: %s line 2: unknown key 'nam' in 'node'; did you mean 'name'?"
                .formatted(config));
  }

  @Test
  void aDamagedMemoryIsOneClearLineAndLeftAlone() throws Exception {
    run("status");
    Path memory = folder.resolve("state/memory.sqlite");
    Files.writeString(memory, "no database at all ".repeat(300));
    byte[] before = Files.readAllBytes(memory);
    assertThat(run("status")).isEqualTo(1);
    assertThat(err.strip().lines()).hasSize(1);
    assertThat(err).contains(memory.toString(), "move it away").doesNotContain("\tat ");
    assertThat(Files.readAllBytes(memory)).isEqualTo(before);
  }

  @Test
  void aDamagedJournalIsOneClearLineAndLeftAlone() throws Exception {
    run("remember", "x");
    Path journal = folder.resolve("state/journal.sqlite");
    byte[] damaged = "no database at all ".repeat(300).getBytes(StandardCharsets.UTF_8);
    Files.write(journal, damaged);
    assertThat(run("status")).isEqualTo(1);
    assertThat(err.strip().lines()).hasSize(1);
    assertThat(err).contains(journal.toString());
    assertThat(Files.readAllBytes(journal)).isEqualTo(damaged);
  }

  @Test
  void aStateFolderThatIsAFileIsNamed() throws Exception {
    Files.writeString(folder.resolve("state"), "");
    assertThat(run("status")).isEqualTo(1);
    assertThat(err).contains(folder.resolve("state").toString(), "SMOLLAMA_HOME");
  }

  @Test
  void verboseShowsWhereItCameFrom() {
    assertThat(run("-v", "-c", "/nope.yaml", "status")).isEqualTo(1);
    assertThat(err).contains("\tat io.smollama.cli");
  }
}
