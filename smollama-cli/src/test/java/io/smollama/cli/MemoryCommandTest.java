package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MemoryCommandTest extends ProgramFixture {
  @Test
  void aFactIsListedShownEditedAndRetracted() throws Exception {
    String id = remember("The celar is damp", "--tag", "house");
    run("memory", "list");
    assertThat(out)
        .startsWith(id.substring(0, 8) + "  The celar is damp  (80 % sure, just now, #house)");
    assertThat(run("memory", "edit", id.substring(0, 6), "--text", "The cellar is damp")).isZero();
    assertThat(run("memory", "dispute", id, "--reason", "dry since May")).isZero();
    run("memory", "show", id);
    assertThat(out)
        .contains("The cellar is damp  (70 % sure")
        .contains("operator on smollama-node: said: The celar is damp")
        .contains("disputed: dry since May");
    assertThat(run("memory", "retract", id)).isZero();
    assertThat(out).contains("retracted");
    run("memory", "list");
    assertThat(out).isEqualTo("No facts.\n");
    run("memory", "list", "--all");
    assertThat(out).contains("The cellar is damp");
    assertThat(run("memory", "restore", id)).isZero();
    run("memory", "list");
    assertThat(out).contains("The cellar is damp");
  }

  @Test
  void aCorrectionCountsAlthoughTheJournalWasLost() throws Exception {
    String id = remember("The key is under the pot");
    run("memory", "retract", id);
    run("memory", "restore", id);
    run("memory", "list");
    assertThat(out).contains("under the pot");
    Files.delete(folder.resolve("state/journal.sqlite"));
    run("memory", "retract", id);
    assertThat(out).contains("retracted");
    run("memory", "list");
    assertThat(out).isEqualTo("No facts.\n");
  }

  @Test
  void aFactReplacesAnother() throws Exception {
    String monday = remember("The bins go out on Monday");
    run("remember", "The bins go out on Tuesday");
    assertThat(out)
        .isEqualTo(
            "Remembered: The bins go out on Tuesday\nNo longer true: The bins go out on Monday  (%s)\n"
                .formatted(monday.substring(0, 8)));
    String anna = remember("Anna lives in Bonn", "--valid-from", "2020-01-01");
    run("remember", "--replaces", anna.substring(0, 8), "Anna moved to Kiel");
    run("memory", "list");
    assertThat(out.lines()).hasSize(2);
    run("memory", "list", "--at", "2021-01-01");
    assertThat(out).contains("Anna lives in Bonn").doesNotContain("Kiel");
  }

  @Test
  void whatIsSoAlreadyIsSaidAndNotRecorded() throws Exception {
    String id = remember("The moon is warm");
    run("memory", "restore", id);
    assertThat(out).contains("Nothing was changed: it was not retracted.");
    run("memory", "retract", id);
    assertThat(out).doesNotContain("Nothing was changed");
    run("memory", "retract", id);
    assertThat(out).contains("Nothing was changed: it was retracted already.");
    run("memory", "show", "--json", id);
    assertThat(new ObjectMapper().readTree(out).path("history")).hasSize(2);
    run("remember", "The moon is warm");
    assertThat(out)
        .isEqualTo(
            "Known already, now said 2 times: The moon is warm\nIt was retracted and counts again.\n");
  }

  @Test
  void helpSaysWhatReplacesAFactByItself() {
    assertThat(new CommandLine(new RememberCommand()).getUsageMessage())
        .contains("another number, weekday, month", "--replaces", "memory retract");
  }

  @Test
  void aFactThatIsNotTrueYetSaysSo() {
    run("remember", "--valid-from", "2100-01-01", "The bridge is open");
    assertThat(out).contains("Not true now (true from 2100-01-01");
    run("remember", "--valid-from", "2020-01-01", "The tunnel is open");
    assertThat(out).isEqualTo("Remembered: The tunnel is open\n");
  }

  @Test
  void recallAsOfATimeTellsWhatWasBelievedThen() throws Exception {
    String id = remember("The bins go out on Mondy");
    run("memory", "show", "--json", id);
    String then = new ObjectMapper().readTree(out).path("timestamp").asText();
    run("memory", "edit", id, "--text", "The bins go out on Friday", "--confidence", "0.3");
    run("recall", "--as-of", then, "bins");
    assertThat(out).contains("The bins go out on Mondy  (fact, 80 % sure then, just now)");
    run("recall", "bins");
    assertThat(out).contains("The bins go out on Friday  (fact, just now)");
  }

  @Test
  void whatIsAskedWronglyIsOneLine() throws Exception {
    assertThat(run("memory", "show", "abcdef")).isEqualTo(1);
    assertThat(err.strip()).isEqualTo("smollama: There is no fact and no observation abcdef");
    assertThat(run("memory", "retract", "xyz")).isEqualTo(1);
    assertThat(err).contains("at least 6");
    assertThat(run("memory", "list", "--at", "tomorrow")).isEqualTo(2);
    assertThat(err).contains("--at is a day such as 2026-03-01");
    assertThat(run("memory", "edit", "abcdef")).isEqualTo(2);
    assertThat(run("memory", "edit", "abcdef", "--text", " ")).isEqualTo(2);
    assertThat(err).contains("--text needs words. If the fact was never right, retract it");
    assertThat(run("memory")).isEqualTo(2);
    assertThat(run("memory", "fly")).isEqualTo(2);
  }

  private String remember(String fact, String... options) throws Exception {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "remember";
    arguments[1] = "--json";
    System.arraycopy(options, 0, arguments, 2, options.length);
    arguments[arguments.length - 1] = fact;
    assertThat(run(arguments)).as(err).isZero();
    JsonNode answer = new ObjectMapper().readTree(out);
    return answer.path("memory_id").asText();
  }
}
