package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Sensors of others, from a jar that the program knows nothing of. */
class ExtensionsTest extends ProgramFixture {
  private static final String SERVICE = "META-INF/services/io.smollama.core.ReadingProviderFactory";

  private int readings(String extensions) throws IOException {
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, "gpio: {mock: true}\nextensions: " + extensions);
    return run("--config", config.toString(), "readings");
  }

  @Test
  void theSimulatedHouseMovesInWhenItIsNamed() throws IOException {
    assertThat(readings("{house: {seed: 3}}")).as(err).isZero();
    assertThat(out).contains("house:attic/temperature").contains("°C");
    assertThat(readings("\n  house:\n")).as(err).isZero();
    assertThat(out).contains("house:attic/temperature");
    assertThat(readings("{}")).isZero();
    assertThat(out).doesNotContain("house:");
  }

  @Test
  void mistakesAreNamedWithPlaceAndRemedy() throws IOException {
    assertThat(readings("{hous: {}}")).isEqualTo(1);
    assertThat(err)
        .contains("config.yaml line 2: there is no extension 'hous'; did you mean 'house'?")
        .contains("a jar in " + folder.resolve("state").resolve("extensions") + " brings more")
        .hasLineCount(1);
    assertThat(readings("{house: {sed: 3}}")).isEqualTo(1);
    assertThat(err).contains("unknown key 'sed' in 'extensions.house'; did you mean 'seed'?");
    assertThat(readings("{house: {faults: [{source: moon/light}]}}")).isEqualTo(1);
    assertThat(err).contains("config.yaml line 2: The simulated house has no sensor 'moon/light'");
    assertThat(readings("{house: 3}")).isEqualTo(1);
    assertThat(err).contains("'extensions.house' must be a section, was '3'");
    assertThat(readings("[house]")).isEqualTo(1);
    assertThat(err).contains("'extensions' must be a section");
  }

  @Test
  void aJarInTheStateFolderBringsItsOwn() throws IOException {
    jar(
        "double bias",
        "if (bias > 5) throw new IllegalArgumentException(\"bias is at most 5\");",
        "");
    assertThat(readings("{well: {bias: 1.5}}")).as(err).isZero();
    assertThat(out).contains("well:depth").contains("3.5 m");
    assertThat(readings("{well: {bias: 6}}")).isEqualTo(1);
    assertThat(err).contains("config.yaml line 2: bias is at most 5");
    assertThat(readings("{well: {}}")).isEqualTo(1);
    assertThat(err).contains("config.yaml line 2: 'extensions.well.bias' is missing");
  }

  @Test
  void whatDoesNotOpenHidesNothingElse() throws IOException {
    jar("", "", "if (true) throw new IllegalStateException(\"the rope is too short\");");
    Files.writeString(extensions().resolve("broken.jar"), "no jar");
    assertThat(readings("{well: {}, house: {}}")).isZero();
    assertThat(out).contains("house:attic/temperature").doesNotContain("well:depth");
    run("--config", folder.resolve("config.yaml").toString(), "status");
    assertThat(out).contains("well").contains("it does not open: the rope is too short");
  }

  private Path extensions() throws IOException {
    return Files.createDirectories(folder.resolve("state").resolve("extensions"));
  }

  /** A jar with a factory, its configuration and its provider. */
  private void jar(String components, String check, String open) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources/org/example"));
    Path source = sources.resolve("WellFactory.java");
    Files.writeString(
        source,
        SOURCE.formatted(
            components, check, components.isEmpty() ? "0" : "configuration.bias()", open));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int compiled =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            source.toString());
    assertThat(compiled).isZero();
    try (OutputStream file = Files.newOutputStream(extensions().resolve("well.jar"));
        JarOutputStream jar = new JarOutputStream(file);
        var classes = Files.newDirectoryStream(sources, "*.class")) {
      for (Path one : classes) {
        jar.putNextEntry(new JarEntry("org/example/" + one.getFileName()));
        jar.write(Files.readAllBytes(one));
      }
      jar.putNextEntry(new JarEntry(SERVICE));
      jar.write("org.example.WellFactory".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final String SOURCE =
      """
      package org.example;
      import io.smollama.core.*;
      import java.time.InstantSource;
      import java.util.*;
      public final class WellFactory implements ReadingProviderFactory<WellFactory.Well> {
        public record Well(%1$s) { public Well { %2$s } }
        public String name() { return "well"; }
        public Class<Well> configuration() { return Well.class; }
        public ReadingProvider open(Well configuration, InstantSource clock) {
          %4$s
          return new ReadingProvider() {
            public String type() { return "well"; }
            public List<Source> sources() {
              return List.of(new Source(SourceId.parse("well:depth"), "depth of the well", "meter"));
            }
            public Optional<Reading> read(SourceId source) {
              return Optional.of(Reading.of("well:depth", 2 + %3$s, "meter", clock.instant()));
            }
          };
        }
      }
      """;
}
