package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the model on the disk and in memory. */
class UnpackedModelTest {
  private static final String BROKEN_SHA256 =
      "93b1e04b5ad6859e3d7706db35b9e2a7ba9f834940bad4a8d62c02ad5e6efe1d";

  @Test
  void loadsNothingBeforeTheFirstText(@TempDir Path folder) {
    Path absent = folder.resolve("embeddings");
    try (EmbeddingProvider unused = new OnnxEmbeddings(absent)) {
      assertThat(unused.model()).isEqualTo(new EmbeddingModel("all-minilm-l6-v2-q", 384, 0.98));
      assertThat(unused.embedAll(List.of())).isEmpty();
      assertThat(absent).doesNotExist();
      unused.embed("now");
      assertThat(absent).isNotEmptyDirectory();
    }
  }

  @Test
  void replacesATornModelFile(@TempDir Path folder) throws IOException {
    Embedding before = doorOpen(folder);
    try (FileChannel file = FileChannel.open(model(folder), StandardOpenOption.WRITE)) {
      file.truncate(1_000_000);
    }
    assertThat(doorOpen(folder)).isEqualTo(before);
  }

  @Test
  void replacesADamagedModelFileOfTheRightSize(@TempDir Path folder) throws IOException {
    Embedding before = doorOpen(folder);
    byte[] bytes = Files.readAllBytes(model(folder));
    bytes[bytes.length / 2] ^= 4;
    Files.write(model(folder), bytes);
    assertThat(doorOpen(folder)).isEqualTo(before);
    bytes[bytes.length / 2] ^= 4;
    assertThat(model(folder)).hasBinaryContent(bytes);
  }

  @Test
  void namesTheFolderThatCannotBeWritten(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    try (EmbeddingProvider stuck = new OnnxEmbeddings(file.resolve("embeddings"))) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> stuck.embed("Door open"))
            .isInstanceOf(EmbeddingException.class)
            .hasMessageContaining(file.toString())
            .hasMessageEndingWith("cannot be unpacked: Not a directory");
      }
      Files.delete(file);
      assertThat(stuck.embed("Door open").dimensions()).isEqualTo(384);
    }
  }

  @Test
  void namesTheModelFileThatDoesNotLoad(@TempDir Path folder) {
    EmbeddingException failure = failureOf(folder, file("broken", BROKEN_SHA256));
    assertThat(failure.culprit()).endsWith("broken.onnx").startsWith(folder.toString());
    assertThat(failure).hasMessageContaining("is no model that loads");
  }

  @Test
  void refusesAModelThatIsNotTheOneNamed(@TempDir Path folder) {
    EmbeddingException failure = failureOf(folder, file("broken", "0".repeat(64)));
    assertThat(failure).hasMessageContaining("its SHA-256 is " + BROKEN_SHA256);
    assertThat(folder).isDirectoryNotContaining("glob:**.{onnx,part}");
    assertThat(folder.resolve("broken-000000000000")).isEmptyDirectory();
  }

  @Test
  void namesTheArtifactThatIsMissing(@TempDir Path folder) {
    assertThat(failureOf(folder, file("absent", BROKEN_SHA256)))
        .hasMessage(
            "absent.onnx: is not on the class path; add the dependency org.example:absent to your"
                + " build");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void letsGoOfTheModelAndLoadsItAgain(@TempDir Path folder) throws IOException {
    Queue<Runnable> looks = new ArrayDeque<>();
    try (EmbeddingProvider idle =
        new OnnxEmbeddings(
            folder,
            ModelFile.ALL_MINILM,
            Duration.ofMinutes(1),
            (delay, look) -> looks.add(look))) {
      Embedding before = idle.embed("Door open");
      Path model = model(folder);
      Files.delete(model);
      looks.remove().run();
      assertThat(idle.embed("Door open")).isEqualTo(before);
      assertThat(model).as("nothing was loaded again").doesNotExist();
      looks.remove().run();
      looks.remove().run();
      assertThat(idle.embed("Door open")).isEqualTo(before);
      assertThat(model).exists();
    }
  }

  private static Embedding doorOpen(Path folder) {
    try (EmbeddingProvider embeddings = new OnnxEmbeddings(folder)) {
      return embeddings.embed("Door open");
    }
  }

  private static Path model(Path folder) {
    return folder.resolve("all-minilm-l6-v2-q-afdb6f1a0e45/all-minilm-l6-v2-q.onnx");
  }

  private static ModelFile file(String id, String sha256) {
    return new ModelFile(new EmbeddingModel(id, 4, 0.9), sha256, 16, "", "", "org.example:" + id);
  }

  /** The failure of a model, which is the same each time and not for waiting. */
  private static EmbeddingException failureOf(Path folder, ModelFile file) {
    try (EmbeddingProvider broken = new OnnxEmbeddings(folder, file, Duration.ZERO)) {
      EmbeddingException failure =
          catchThrowableOfType(EmbeddingException.class, () -> broken.embed("Door open"));
      assertThatThrownBy(() -> broken.embed("Door open")).hasMessage(failure.getMessage());
      assertThat(failure.isRetryable()).isFalse();
      return failure;
    }
  }
}
