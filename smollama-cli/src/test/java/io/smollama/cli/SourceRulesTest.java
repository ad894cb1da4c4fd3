package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the house that can be read from the sources only. */
class SourceRulesTest {
  private static final int MOST_LINES = 250;

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^(?:(/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/)\\s*)?(?:@\\w+(?:\\([^)]*\\))?\\s*)*public"
              + " (?:static |final |abstract |sealed )*(class|interface|record|enum) (\\w+)");
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\n([\\s\\S]*?)\\n \\* }</pre>");
  private static final Pattern THREADING =
      Pattern.compile("(Immutable|Thread-safe|One thread at a time)\\b[^.]*\\.");

  /** What the examples of the package tours may use without declaring it. */
  private static final String EXAMPLE_FORM =
      """
      import io.smollama.agent.*; import io.smollama.core.*; import io.smollama.dashboard.*;
      import io.smollama.devices.*;
      import io.smollama.embeddings.*; import io.smollama.memory.*; import io.smollama.readings.*;
      import io.smollama.mqtt.*; import io.smollama.sync.*; import io.smollama.testkit.*;
      import java.nio.file.*; import java.time.*; import java.util.*; import java.util.function.*;
      class Example {
        MemoryStore store; EmbeddingProvider embedder; ChatModel ollama; Ask ask; NodeView view;
        InstantSource clock; Path folder; Path stateFolder; List<Reading> batch; ReadingHub hub;
        Supplier<List<PartHealth>> health;
        void store(Reading reading) {}
        void show() throws Exception {
          %s
        }
        static class GardenSensor implements ReadingProvider {
          public String type() { return "garden"; }
          public List<Source> sources() { return List.of(); }
          public Optional<Reading> read(SourceId source) { return Optional.empty(); }
        }
      }
      """;

  @TempDir Path classes;

  static Stream<Path> publicFiles() {
    return SourceTree.mainFiles().stream()
        .filter(file -> !file.toString().contains("/examples/"))
        .filter(file -> PUBLIC_TYPE.matcher(SourceTree.read(file)).find());
  }

  @ParameterizedTest
  @MethodSource("publicFiles")
  void publicTypesSayWhatThreadsMayDo(Path file) {
    Matcher type = PUBLIC_TYPE.matcher(SourceTree.read(file));
    while (type.find()) {
      String comment = type.group(1) == null ? "" : type.group(1);
      String prose =
          comment.replaceAll("(?m)^\\s*\\*? ?@param[\\s\\S]*", "").replaceAll("[*/\\s]+", " ");
      assertThat(THREADING.matcher(prose).find())
          .as(
              "%s: the comment of %s tells whether it is immutable or thread-safe",
              file, type.group(3))
          .isTrue();
    }
  }

  static Stream<Path> packageTours() {
    return SourceTree.mainFiles().stream()
        .filter(file -> file.endsWith("package-info.java"))
        .filter(file -> SourceTree.read(file).contains("{@code\n"));
  }

  @ParameterizedTest
  @MethodSource("packageTours")
  void examplesOfPackageToursCompile(Path file) {
    Matcher example = EXAMPLE.matcher(SourceTree.read(file));
    assertThat(example.find()).as("an example in " + file).isTrue();
    String code = example.group(1).replaceAll("(?m)^ \\* ?", "");
    assertThat(compile(EXAMPLE_FORM.formatted(code)))
        .as("compiling the example of %s", file)
        .isEmpty();
  }

  @Test
  void everyModuleHasATour() {
    List<Path> tours =
        SourceTree.mainFiles().stream().filter(f -> f.endsWith("package-info.java")).toList();
    for (Path module : modules()) {
      assertThat(tours).as("a tour of " + module).anyMatch(tour -> tour.startsWith(module));
    }
  }

  @Test
  void theBomNamesEveryModuleInThisVersion() {
    String bom = SourceTree.read(SourceTree.ROOT.resolve("smollama-bom/pom.xml"));
    String parent = SourceTree.read(SourceTree.ROOT.resolve("pom.xml"));
    assertThat(version(bom)).isEqualTo(version(parent));
    for (Path module : modules()) {
      assertThat(bom).contains("<artifactId>" + module.getFileName() + "</artifactId>");
    }
  }

  @Test
  void noFileOutgrowsItsReader() {
    assertThat(SourceTree.testFiles()).isNotEmpty();
    assertThat(Stream.of(SourceTree.mainFiles(), SourceTree.testFiles()).flatMap(List::stream))
        .filteredOn(file -> SourceTree.read(file).lines().count() > MOST_LINES)
        .as("files, also of tests, of more than %d lines", MOST_LINES)
        .isEmpty();
  }

  private static List<Path> modules() {
    try (Stream<Path> folders = Files.list(SourceTree.ROOT)) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("smollama-"))
          .filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
          .sorted()
          .toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String version(String pom) {
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  private String compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    boolean compiled = compiler.getTask(said, null, null, options, null, List.of(file)).call();
    return compiled ? "" : said.toString();
  }
}
