package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.memory.VectorProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final StringWriter out = new StringWriter();
  private long nanos;
  private final ProgressLines lines = new ProgressLines(new PrintWriter(out), () -> nanos);

  @Test
  void endWithTheFullCountOnce() {
    after(100, 8);
    after(1_100, 16);
    after(100, 24);
    after(1_100, 48);
    after(10, 52);
    after(10, 52);
    assertThat(out.toString().lines())
        .containsExactly(
            "16 of 52 texts can be found by meaning",
            "48 of 52 texts can be found by meaning",
            "52 of 52 texts can be found by meaning");
  }

  @Test
  void areNotNeededWhereNobodyWaits() {
    after(100, 8);
    after(100, 52);
    assertThat(out.toString()).isEmpty();
  }

  private void after(long milliseconds, long done) {
    nanos += milliseconds * 1_000_000;
    lines.accept(new VectorProgress("model", done, 52, ""));
  }
}
