package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnxruntime.OrtEnvironment;
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
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxEmbeddingsTest {
  private static final String BROKEN_SHA256 =
      "93b1e04b5ad6859e3d7706db35b9e2a7ba9f834940bad4a8d62c02ad5e6efe1d";

  @TempDir static Path shared;
  private static OnnxEmbeddings embeddings;

  private static OnnxEmbeddings embeddings() {
    if (embeddings == null) {
      embeddings = new OnnxEmbeddings(shared);
    }
    return embeddings;
  }

  @AfterAll
  static void closeEmbeddings() {
    embeddings().close();
  }

  @Test
  void theTourOfThePackageRuns(@TempDir Path stateFolder) {
    try (EmbeddingProvider embeddings = new OnnxEmbeddings(stateFolder.resolve("embeddings"))) {
      Embedding note = embeddings.embed("CPU temperature 71.3 °C is unusually high");
      assertThat(embeddings.embedQuery("how hot is the processor").cosine(note))
          .isBetween(0.55, 0.65);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          how hot is the processor | CPU temperature 71.3 °C is unusually high | Door of the garage opened 7 times today
          how often was somebody at the door | Front door opened 7 times today | CPU temperature 71.3 °C is unusually high
          is the soil too dry | garden:soil moisture fell to 12 percent | living room light switched off
          is there enough disk space | Storage of the node is 94 % full | Rain is expected tomorrow
          did anybody break in | Motion in the hall while nobody was home | Humidity in the bathroom is 71 percent
          is it freezing outside | Outdoor temperature dropped to -4 °C | The washing machine has finished
          who drinks coffee | Anna likes an espresso in the morning | The router was restarted at noon
          """)
  void meaningIsCloserThanAnotherSubject(String question, String near, String far) {
    Embedding asked = embeddings().embedQuery(question);
    assertThat(asked.cosine(embeddings().embed(near)))
        .isGreaterThan(asked.cosine(embeddings().embed(far)) + 0.1);
  }

  @Test
  void fourThreadsGetTheVectorsThatOneGets(@TempDir Path folder) throws Exception {
    List<String> texts = List.of("Door open", "21 °C in the hall", "", "a longer text ".repeat(9));
    List<Embedding> alone = embeddings().embedAll(texts);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (EmbeddingProvider loadedByAll = new OnnxEmbeddings(folder)) {
      Callable<List<Embedding>> task = () -> loadedByAll.embedAll(texts);
      for (Future<List<Embedding>> together : threads.invokeAll(Collections.nCopies(16, task))) {
        assertThat(together.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatLiesBeyondTheLimitDoesNotCount() {
    String full = "word ".repeat(ModelFile.ALL_MINILM.maxPieces() - 2);
    assertThat(embeddings().embed(full + "and more")).isEqualTo(embeddings().embed(full));
    assertThat(embeddings().embed("more " + full)).isNotEqualTo(embeddings().embed(full));
  }

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
    Path model = unpackedModel(folder);
    try (FileChannel file = FileChannel.open(model, StandardOpenOption.WRITE)) {
      file.truncate(1_000_000);
    }
    try (EmbeddingProvider mended = new OnnxEmbeddings(folder)) {
      assertThat(mended.embed("Door open")).isEqualTo(embeddings().embed("Door open"));
    }
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
  void replacesADamagedModelFileOfTheRightSize(@TempDir Path folder) throws IOException {
    Path model = unpackedModel(folder);
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 4;
    Files.write(model, bytes);
    try (EmbeddingProvider mended = new OnnxEmbeddings(folder)) {
      assertThat(mended.embed("Door open")).isEqualTo(embeddings().embed("Door open"));
    }
    bytes[bytes.length / 2] ^= 4;
    assertThat(model).hasBinaryContent(bytes);
  }

  private static Path unpackedModel(Path folder) {
    try (EmbeddingProvider first = new OnnxEmbeddings(folder)) {
      first.embed("");
    }
    return folder.resolve("all-minilm-l6-v2-q-afdb6f1a0e45/all-minilm-l6-v2-q.onnx");
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
      Path model = unpackedModel(folder);
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

  @Test
  void e5HearsWhetherATextIsAsked() {
    try (EmbeddingProvider e5 = new OnnxEmbeddings(shared, ModelFile.E5_SMALL, Duration.ZERO)) {
      Embedding asked = e5.embedQuery("how hot is the processor");
      assertThat(asked).isNotEqualTo(e5.embed("how hot is the processor"));
      double near = asked.cosine(e5.embed("CPU temperature 71.3 °C is unusually high"));
      double far = asked.cosine(e5.embed("Door of the garage opened 7 times today"));
      assertThat(near).isBetween(far + 0.05, 0.9);
    }
  }

  @Test
  void refusesTextsOnceClosed(@TempDir Path folder) {
    EmbeddingProvider closed = new OnnxEmbeddings(folder);
    closed.embed("Door open");
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.embed("Door open")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingWaitsForTheTextThatRuns() throws Exception {
    EmbeddingProvider closing = new OnnxEmbeddings(shared);
    CountDownLatch running = new CountDownLatch(4);
    Callable<String> task =
        () -> {
          try {
            for (; ; running.countDown()) {
              closing.embed("a longer text ".repeat(60));
            }
          } catch (RuntimeException e) {
            return e.toString();
          } finally {
            running.countDown();
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> ends = Stream.generate(() -> threads.submit(task)).limit(4).toList();
      running.await();
      closing.close();
      for (Future<String> end : ends) {
        assertThat(end.get())
            .isEqualTo("java.lang.IllegalStateException: These embeddings are closed");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theVersionInTheFolderNameIsTheLibrarys() {
    embeddings().embed("");
    assertThat(OrtEnvironment.getEnvironment().getVersion()).isEqualTo(NativeRuntime.VERSION);
  }
}
