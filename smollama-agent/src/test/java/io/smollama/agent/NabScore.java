package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Scores a detector as the Numenta Anomaly Benchmark does with its standard profile (Lavin, Ahmad
 * 2015): early detections within a window earn, those outside cost, windows that are missed cost.
 */
final class NabScore {
  private static final double FALSE_ALARM = 0.11;
  private static final double FULL = 0.98661;

  private final List<Series> all = new ArrayList<>();

  /** A series with the rows of its windows, and the scores of a detector. */
  private record Series(double[] values, List<int[]> windows, double[] scores) {}

  /** How well a threshold does. */
  record Result(double threshold, double score, double falseAlarms) {}

  /** Reads a corpus and has each series scored by a detector of its own. */
  static NabScore of(Path corpus) throws IOException {
    NabScore score = new NabScore();
    JsonNode windows = ModelJson.read(Files.readString(corpus.resolve("windows.json")));
    for (Map.Entry<String, JsonNode> one : windows.properties()) {
      List<String> lines = Files.readAllLines(corpus.resolve(one.getKey()));
      List<String> rows = lines.subList(1, lines.size());
      double[] values =
          rows.stream().mapToDouble(row -> Double.parseDouble(row.split(",")[1])).toArray();
      List<int[]> spans = new ArrayList<>();
      for (JsonNode window : one.getValue()) {
        spans.add(span(rows, window.path(0).asText(), window.path(1).asText()));
      }
      AnomalyDetector detector = new AnomalyDetector();
      double[] scores = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        scores[i] = detector.score(values[i]);
      }
      score.all.add(new Series(values, spans, scores));
    }
    return score;
  }

  private static int[] span(List<String> rows, String from, String to) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < rows.size(); i++) {
      String time = rows.get(i).substring(0, 19);
      first = first < 0 && time.compareTo(from.substring(0, 19)) >= 0 ? i : first;
      last = time.compareTo(to.substring(0, 19)) <= 0 ? i : last;
    }
    return new int[] {first, last};
  }

  int series() {
    return all.size();
  }

  Result at(double threshold) {
    double raw = 0;
    int windows = 0;
    long alarms = 0;
    long rows = 0;
    for (Series one : all) {
      int probation = probation(one);
      windows += one.windows.size();
      rows += one.values.length - probation;
      boolean[] met = new boolean[one.windows.size()];
      for (int row = probation; row < one.values.length; row++) {
        if (one.scores[row] >= threshold) {
          int window = windowOf(one, row);
          if (window < 0) {
            alarms++;
            raw += outside(one, row);
          } else if (!met[window]) {
            met[window] = true;
            raw += within(one.windows.get(window), row);
          }
        }
      }
      for (boolean hit : met) {
        raw -= hit ? 0 : 1;
      }
    }
    return new Result(threshold, 100 * (raw + windows) / (2.0 * windows), 1000.0 * alarms / rows);
  }

  /** The threshold that does best. */
  Result best() {
    Result best = at(1);
    for (double threshold = 0.02; threshold < 1; threshold *= 1.03) {
      Result result = at(threshold);
      best = result.score > best.score ? result : best;
    }
    return best;
  }

  private static int probation(Series series) {
    return (int) Math.min(0.15 * series.values.length, 750);
  }

  private static int windowOf(Series series, int row) {
    for (int i = 0; i < series.windows.size(); i++) {
      int[] window = series.windows.get(i);
      if (row >= window[0] && row <= window[1]) {
        return i;
      }
    }
    return -1;
  }

  private static double within(int[] window, int row) {
    return sigmoid(-(double) (window[1] - row) / Math.max(1, window[1] - window[0])) / FULL;
  }

  private static double outside(Series series, int row) {
    double worth = -1;
    for (int[] window : series.windows) {
      if (window[1] < row) {
        worth = sigmoid((double) (row - window[1]) / Math.max(1, window[1] - window[0]));
      }
    }
    return FALSE_ALARM * worth;
  }

  private static double sigmoid(double position) {
    return 2 / (1 + Math.exp(5 * position)) - 1;
  }
}
