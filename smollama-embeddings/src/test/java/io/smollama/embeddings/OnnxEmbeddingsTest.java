package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
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
