package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.agent.OllamaServer.PullProgress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullDisplayTest {
  private final StringWriter out = new StringWriter();
  private long seconds = 1_000;

  private PullDisplay display(boolean watched) {
    return new PullDisplay(new PrintWriter(out), watched, () -> seconds * 1_000_000_000L);
  }

  private static PullProgress of(String status, long done, long total) {
    return new PullProgress(status, OptionalLong.of(done), OptionalLong.of(total));
  }

  @Test
  void aPersonWhoLooksOnSeesABarThatMovesOnOneLine() {
    PullDisplay display = display(true);
    display.accept(of("pulling 7a", 10_000_000, 100_000_000));
    seconds += 2;
    display.accept(of("pulling 7a", 50_000_000, 100_000_000));
    display.end();
    display.end();
    String[] shown = out.toString().split("\r");
    assertThat(shown).hasSize(3);
    assertThat(shown[2])
        .startsWith("pulling 7a: [############------------] 50% of 100 MB, 20.0 MB/s")
        .endsWith(System.lineSeparator());
    assertThat(shown[1]).hasSize(78);
  }

  @Test
  void aFileGetsALineEveryTenSecondsAndForEachStep() {
    PullDisplay display = display(false);
    for (int i = 0; i <= 30; i++, seconds++) {
      display.accept(of("pulling 7a", i * 1_000_000, 30_000_000));
    }
    display.accept(new PullProgress("success", OptionalLong.empty(), OptionalLong.empty()));
    assertThat(out.toString().lines())
        .containsExactly(
            "pulling 7a: 0% of 30.0 MB",
            "pulling 7a: 33% of 30.0 MB, 1.0 MB/s",
            "pulling 7a: 66% of 30.0 MB, 1.0 MB/s",
            "pulling 7a: 100% of 30.0 MB, 1.0 MB/s",
            "success");
  }

  @Test
  void nothingThatATerminalWouldObeyIsShownAndNothingAfterTheLastWord() {
    PullDisplay display = display(false);
    display.accept(of("pulling \u001b[2J", 0, 0));
    display.stop("Stopped");
    display.accept(of("pulling more", 1, 2));
    assertThat(out.toString().lines()).containsExactly("pulling \uFFFD[2J", "Stopped");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.0 kB",
    "98363739, 98.4 MB",
    "999960000, 1.0 GB",
    "143762688, 144 MB",
    "8000000000, 8.0 GB"
  })
  void sizesHaveThreeDigits(long bytes, String text) {
    assertThat(ByteSize.of(bytes)).isEqualTo(text);
  }
}
