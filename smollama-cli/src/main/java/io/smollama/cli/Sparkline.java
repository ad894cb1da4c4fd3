package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** A course as a line of blocks, a blank where nothing is known. */
final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final int WIDTH = 60;

  private Sparkline() {}

  /** Of points in order of time: the mean of those that fall into a place. */
  static String of(JsonNode points) {
    Instant first = time(points.get(0));
    double span =
        Math.max(1, Duration.between(first, time(points.get(points.size() - 1))).toMillis());
    int width = Math.min(WIDTH, points.size());
    double[] sums = new double[width];
    int[] counts = new int[width];
    for (JsonNode point : points) {
      if (point.path("value").isNumber()) {
        int place =
            (int) Math.round(Duration.between(first, time(point)).toMillis() / span * (width - 1));
        sums[place] += point.path("value").asDouble();
        counts[place]++;
      }
    }
    double[] means = new double[width];
    Arrays.setAll(means, i -> counts[i] == 0 ? Double.NaN : sums[i] / counts[i]);
    double least = Arrays.stream(means).filter(Double::isFinite).min().orElse(0);
    double most = Arrays.stream(means).filter(Double::isFinite).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      double share = most > least ? (mean - least) / (most - least) : 0.5;
      line.append(
          Double.isFinite(share) && Double.isFinite(mean)
              ? BLOCKS.charAt((int) Math.min(BLOCKS.length() - 1, share * BLOCKS.length()))
              : ' ');
    }
    return line.toString().stripTrailing();
  }

  private static Instant time(JsonNode point) {
    return Instant.parse(point.path("time").asText());
  }
}
