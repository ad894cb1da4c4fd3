package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands without a running node; with one they are tried by .ci/run on the real program. */
class MainTest extends ProgramFixture {
  @BeforeEach
  void useEmbeddings() {
    environment.remove("SMOLLAMA_MEMORY_EMBEDDING_PROVIDER");
  }

  @Test
  void whatIsRememberedIsRecalledByMeaning() {
    assertThat(run("remember", "CPU temperature is usually 45-52 °C")).isZero();
    assertThat(out).isEqualTo("Remembered: CPU temperature is usually 45-52 °C\n");
    run("remember", "The bins go out on Monday evening");
    assertThat(run("recall", "how hot is the processor")).isZero();
    assertThat(out.lines().findFirst().orElseThrow())
        .contains("CPU temperature", "(fact, just now)");
  }

  @Test
  void queriesFromStandardInputAreAnsweredLineByLine() throws Exception {
    run("remember", "The cellar floods when it rains");
    run("remember", "The bins go out on Monday evening");
    typed = "when do I put out the rubbish\n\nflooded cellars\n";
    assertThat(run("recall", "--json", "--limit", "1", "-")).isZero();
    List<String> lines = out.lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.path("query").asText()).isEqualTo("when do I put out the rubbish");
    assertThat(first.path("hits")).hasSize(1);
    JsonNode hit = first.path("hits").path(0);
    assertThat(hit.path("text").asText()).startsWith("The bins");
    assertThat(hit.path("kind").asText()).isEqualTo("memory");
    assertThat(hit.fieldNames())
        .toIterable()
        .contains("kind", "id", "ref", "text", "score", "time");
    assertThat(new ObjectMapper().readTree(lines.get(1)).path("hits").path(0).path("text").asText())
        .startsWith("The bins");
    assertThat(lines.get(2)).contains("The cellar floods").doesNotContain("bins");
    assertThat(run("recall", "-")).isEqualTo(2);
    assertThat(err).contains("answered with --json");
  }

  @Test
  void recallFiltersByOptions() throws Exception {
    run("remember", "The cellar floods when it rains");
    assertThat(hits("recall", "--json", "--kind", "observation", "cellar")).isEmpty();
    assertThat(hits("recall", "--json", "--kind", "memory,observation", "cellar")).hasSize(1);
    assertThat(hits("recall", "--json", "--type", "fact", "--since", "2020-01-01", "cellar"))
        .hasSize(1);
    assertThat(hits("recall", "--json", "--until", "2020-01-01T00:00:00Z", "cellar")).isEmpty();
    assertThat(hits("recall", "--json", "--as-of", "2020-01-01", "--all")).isEmpty();
    assertThat(hits("recall", "--json", "--source", "gpio:17")).isEmpty();
    assertThat(run("recall", "--kind", "dream", "cellar")).isEqualTo(2);
    assertThat(err).contains("--kind is observation or memory, was 'dream'");
    assertThat(run("recall", "--since", "yesterday", "cellar")).isEqualTo(2);
    assertThat(err.strip())
        .isEqualTo(
            "smollama: --since is a day such as 2026-03-01 or a time such as 2026-03-01T12:00:00Z,"
                + " was 'yesterday' (see 'smollama recall --help')");
  }

  private JsonNode hits(String... arguments) throws Exception {
    assertThat(run(arguments)).as(err).isZero();
    return new ObjectMapper().readTree(out).path("hits");
  }

  @Test
  void aFactSaidAgainIsConfirmed() throws Exception {
    run("remember", "Bins go out on Monday");
    run("remember", "--json", "Bins go out on monday");
    JsonNode answer = new ObjectMapper().readTree(out);
    assertThat(answer.path("status").asText()).isEqualTo("confirmed");
    assertThat(answer.path("times_confirmed").asInt()).isEqualTo(2);
  }

  @Test
  void askNamesTheLoadOfThisMachine() throws Exception {
    assertThat(run("ask", "--json", "is", "the", "machine", "busy")).isZero();
    JsonNode answer = new ObjectMapper().readTree(out);
    assertThat(answer.path("sources").get(0).asText()).matches("system:(load_avg|cpu_percent)");
    assertThat(answer.path("answer").asText()).contains("system:load_avg ", "No language model");
    assertThat(answer.path("model").isNull()).isTrue();
    assertThat(answer.path("memories").isArray()).isTrue();
  }

  @Test
  void readingsAreThisMachines() throws Exception {
    assertThat(run("readings", "--json")).isZero();
    JsonNode readings = new ObjectMapper().readTree(out).path("readings");
    assertThat(readings.findValuesAsText("full_id"))
        .contains("system:load_avg", "system:mem_percent", "system:net_rx", "gpio:17");
    run("readings");
    assertThat(out)
        .containsPattern("system:mem_percent +[0-9.]+ %  just now")
        .contains("motion_sensor (simulated)");
  }

  @Test
  void whatATerminalWouldObeyIsNotPrinted() {
    run("remember", "The \u001b[31mred\u0007 lamp\nis broken");
    assertThat(out).isEqualTo("Remembered: The [31mred lamp is broken\n");
  }

  @Test
  void statusSaysWhatIsThereAndWhatIsMissing() throws Exception {
    assertThat(run("status")).isZero();
    assertThat(out)
        .contains("smollama-node is not running; 'smollama run' starts it")
        .contains("http://127.0.0.1:1: not reachable; answers come as lists")
        .contains("state folder: " + folder.resolve("state"));
    run("status", "--json");
    JsonNode status = new ObjectMapper().readTree(out);
    assertThat(status.path("running").asBoolean()).isFalse();
    assertThat(status.path("components").path("ollama").path("state").asText()).isEqualTo("absent");
  }

  @Test
  void aDatabaseOfPythonIsLeftAloneAndTheNodeWorks() throws Exception {
    Path python = folder.resolve("memory.db");
    try (var file = DriverManager.getConnection("jdbc:sqlite:" + python)) {
      file.createStatement().executeUpdate("CREATE TABLE readings_log (id INTEGER)");
    }
    byte[] before = Files.readAllBytes(python);
    assertThat(run("--set", "memory.db_path=" + python, "remember", "Bins go out on Monday"))
        .isZero();
    assertThat(Files.readAllBytes(python)).isEqualTo(before);
    run("--set", "memory.db_path=" + python, "recall", "bins");
    assertThat(out).contains("Bins go out");
  }

  @Test
  void thePathOfTheStateFolderIsForItsOwnerOnly() throws Exception {
    run("status");
    assertThat(Files.getPosixFilePermissions(folder.resolve("state"))).hasSize(3);
  }
}
