package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark still runs, and its small corpus is found exactly enough. */
class RecallBenchmarkTest {
  @TempDir Path folder;

  @Test
  void tellsTimesAndFindsTheNearest() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    RecallBenchmark benchmark =
        new RecallBenchmark(
            new SyntheticCorpus(3_000, 128),
            folder,
            20,
            new PrintStream(said, true, StandardCharsets.UTF_8));
    assertThat(benchmark.run().recallAt10()).isGreaterThan(0.99);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("p95").contains("bytes an item");
  }
}
