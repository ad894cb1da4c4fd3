package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryBenchmarkTest {
  @Test
  void theBenchmarkStillRuns(@TempDir Path folder) throws Exception {
    assertThat(new HistoryBenchmark(folder, 1).run())
        .contains(
            "bytes on disk per reading", "bytes handed to the system", "latest of 50 sources");
  }
}
