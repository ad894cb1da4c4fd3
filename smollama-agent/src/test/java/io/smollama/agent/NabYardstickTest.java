package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The detector on the part of the Numenta Anomaly Benchmark that is at hand. */
@EnabledIfEnvironmentVariable(
    named = "SMOLLAMA_TEST_DATA",
    matches = ".+",
    disabledReason = "SMOLLAMA_TEST_DATA names no folder of yardsticks")
class NabYardstickTest {
  @Test
  void findsWhatIsUnusualAndLittleElse() throws Exception {
    NabScore score = NabScore.of(Path.of(System.getenv("SMOLLAMA_TEST_DATA"), "nab"));
    NabScore.Result best = score.best();
    NabScore.Result usual = score.at(AnomalyDetector.WORTH_TELLING);
    System.out.printf(
        "NAB, %d series: best %.1f at %.3f; at the default %.2f: %.1f, %.2f false alarms per 1,000 rows;"
            + " %.1f us per value%n",
        score.series(),
        best.score(),
        best.threshold(),
        usual.threshold(),
        usual.score(),
        usual.falseAlarms(),
        microsPerValue());
    assertThat(best.score()).isGreaterThan(78);
    assertThat(usual.score()).isGreaterThan(77);
    assertThat(usual.falseAlarms()).isLessThan(0.5);
  }

  private static double microsPerValue() {
    AnomalyDetector detector = new AnomalyDetector();
    Random random = new Random(1);
    int values = 100_000;
    double[] walk = new double[values];
    for (int i = 1; i < values; i++) {
      walk[i] = 0.98 * walk[i - 1] + random.nextGaussian();
    }
    long begin = System.nanoTime();
    for (double value : walk) {
      detector.score(value);
    }
    return (System.nanoTime() - begin) / 1e3 / values;
  }
}
