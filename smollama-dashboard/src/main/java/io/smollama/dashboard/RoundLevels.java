package io.smollama.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * The scale of a chart: round numbers that enclose all that it shows.
 *
 * @param low the lowest level
 * @param step from one to the next
 * @param count how many steps, at least 1
 */
record RoundLevels(double low, double step, int count) {
  private static final int WANTED = 4;

  static RoundLevels of(double least, double most) {
    double spread = most - least;
    if (!(spread > Math.max(Math.abs(most), Math.abs(least)) * 1e-9)) { // a flat line
      spread = Math.max(Math.abs(most) * 0.1, 1);
    }
    double rough = spread / WANTED;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double lead = rough / power;
    double step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    double low = Math.floor(least / step) * step;
    int count = (int) Math.max(1, Math.ceil((most - low) / step - 1e-9));
    return new RoundLevels(low, step, count);
  }

  double high() {
    return low + count * step;
  }

  List<Double> all() {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      all.add(low + i * step);
    }
    return all;
  }
}
