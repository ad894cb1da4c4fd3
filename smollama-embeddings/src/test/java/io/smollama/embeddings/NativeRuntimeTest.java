package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeRuntimeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x64",
    "Linux, aarch64, linux-aarch64",
    "Linux, arm, linux-arm",
    "Mac OS X, aarch64, osx-aarch64",
    "Windows 11, amd64, win-x64"
  })
  void namesThePlatformAsTheJarDoes(String osName, String osArch, String platform) {
    assertThat(NativeRuntime.platform(osName, osArch)).isEqualTo(platform);
  }

  @Test
  void leavesNothingInTheTemporaryFolder() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    assertThat(embedTwice("-Djava.io.tmpdir=" + temporary)).containsExactly("384", "384");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void saysSoOnAProcessorWithoutALibrary() throws Exception {
    String failure = "final linux-arm: ONNX Runtime 1.28.0 has no native library for this platform";
    assertThat(embedTwice("-Dos.name=Linux", "-Dos.arch=arm")).containsExactly(failure, failure);
    assertThat(folder.resolve("embeddings")).doesNotExist();
  }

  @Test
  void saysEachTimeWhyALibraryDoesNotLoad() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    List<String> failures = embedTwice("-Donnxruntime.native.path=" + empty);
    assertThat(failures).hasSize(2).containsOnly(failures.get(0));
    assertThat(failures.get(0))
        .startsWith("final " + empty + ": ONNX Runtime 1.28.0 for ")
        .contains("does not load: Native library 'onnxruntime' not found");
  }

  @Test
  void saysWhenThereIsNoTemporaryFolder() throws Exception {
    Path absent = folder.resolve("absent");
    List<String> failures = embedTwice("-Djava.io.tmpdir=" + absent);
    assertThat(failures).hasSize(2).containsOnly(failures.get(0));
    assertThat(failures.get(0)).startsWith("final ").contains("does not load: " + absent);
  }

  @Test
  void aModelThatLoadsWhileTheProcessEndsDoesNotAbortIt() throws Exception {
    assertThat(run(EmbedWhileEnding.class)).containsExactly("ended in order");
  }

  private List<String> embedTwice(String... flags) throws IOException, InterruptedException {
    return run(EmbedTwice.class, flags);
  }

  private List<String> run(Class<?> program, String... flags)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx48m", "-Xss512k", "-XX:+UseSerialGC"));
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.add(folder.resolve("embeddings").toString());
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(output);
  }
}
