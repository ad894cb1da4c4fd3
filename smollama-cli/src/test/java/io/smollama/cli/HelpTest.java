package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Lists of commands show the first line of each description alone. */
class HelpTest extends ProgramFixture {
  private CommandLine program() {
    return new CommandLine(
        new SmollamaCommand(environment, folder, folder, new Terminal(System.out)));
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(one -> collect(one, all));
  }

  @Test
  void theFirstLineOfEachDescriptionIsWhole() {
    List<CommandLine> all = new ArrayList<>();
    collect(program(), all);
    assertThat(all).hasSizeGreaterThan(40);
    assertThat(all)
        .allSatisfy(
            command ->
                assertThat(command.getCommandSpec().usageMessage().description()[0])
                    .as(command.getCommandName())
                    .matches("(?s).*[.:?]"));
  }

  @Test
  void allThatEndTakeJson() {
    List<CommandLine> all = new ArrayList<>();
    collect(program(), all);
    assertThat(all)
        .filteredOn(command -> command.getSubcommands().isEmpty())
        .filteredOn(command -> command.getCommandSpec().findOption("--json") == null)
        .extracting(CommandLine::getCommandName)
        .containsExactlyInAnyOrder("run", "llama");
  }
}
