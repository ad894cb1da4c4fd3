package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks still run, and every target has its figure. */
class MemoryBenchmarkTest {
  @Test
  void everyTargetIsMeasured(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    MemoryBenchmark benchmark =
        new MemoryBenchmark(folder, new PrintStream(said, true, StandardCharsets.UTF_8));
    benchmark.history(1);
    benchmark.recall(2_000, 20, Path.of("-"));
    benchmark.print();
    String table = said.toString(StandardCharsets.UTF_8);
    assertThat(table)
        .contains("bytes on disk per reading", "bytes handed to the system", "no sqlite-vec at");
    assertThat(table.substring(table.indexOf("should be")).lines()).hasSize(11);
  }
}
