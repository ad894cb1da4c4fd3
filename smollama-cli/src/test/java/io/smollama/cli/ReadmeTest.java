package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the README shows is what the project does. */
class ReadmeTest {
  private static final String README = SourceTree.read(SourceTree.ROOT.resolve("README.md"));

  @TempDir Path folder;

  @Test
  void itsConfigurationIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("config.yaml"), block("yaml"));
    NodeConfig config =
        new ConfigLoader(folder, folder, Map.of()).load(Optional.of(file), List.of()).config();
    assertThat(config.node().name()).isEqualTo("pi-living-room");
    assertThat(config.gpio().pins()).hasSize(2);
  }

  @Test
  void itsJavaStandsInAnExampleThatIsTested() {
    String examples =
        SourceTree.mainFiles().stream()
            .filter(file -> file.toString().contains("/examples/"))
            .map(SourceTree::read)
            .collect(Collectors.joining());
    assertThat(oneLine(examples)).contains(oneLine(block("java")));
  }

  @Test
  void everyExampleSaysHowItIsRun() throws Exception {
    String pom = SourceTree.read(SourceTree.ROOT.resolve("examples/pom.xml"));
    var modules = Pattern.compile("<module>(.*)</module>").matcher(pom).results().toList();
    assertThat(modules).isNotEmpty();
    for (var module : modules) {
      Path example = SourceTree.ROOT.resolve("examples").resolve(module.group(1));
      assertThat(SourceTree.read(example.resolve("pom.xml")))
          .contains("<artifactId>smollama-example-" + module.group(1) + "</artifactId>")
          .contains("<example.main>");
      assertThat(SourceTree.read(example.resolve("README.md")))
          .contains("mvn -q -DskipTests -pl examples/%s -am package".formatted(module.group(1)))
          .contains(
              "java -jar examples/%1$s/target/smollama-example-%1$s.jar"
                  .formatted(module.group(1)));
    }
  }

  @Test
  void itsCommandsExist() {
    var known =
        new CommandLine(new SmollamaCommand(Map.of(), folder, folder, Terminal.standard()))
            .getSubcommands()
            .keySet();
    var named =
        Pattern.compile("\\./smollama (\\w+)")
            .matcher(README)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(named).isNotEmpty();
    assertThat(known).containsAll(named);
  }

  @Test
  void itsLinksLeadSomewhere() {
    var links = Pattern.compile("\\]\\((?!http)([^)#]+)").matcher(README).results().toList();
    assertThat(links).isNotEmpty();
    for (var link : links) {
      assertThat(SourceTree.ROOT.resolve(link.group(1))).exists();
    }
  }

  private static String block(String language) {
    var block = Pattern.compile("```" + language + "\\n([\\s\\S]*?)```").matcher(README);
    assertThat(block.find()).as("a block of " + language).isTrue();
    return block.group(1);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
