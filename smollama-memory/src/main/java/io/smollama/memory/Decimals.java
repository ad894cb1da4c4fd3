package io.smollama.memory;

/** Doubles that are decimals: most sensors say tenths or hundredths, not arbitrary fractions. */
final class Decimals {
  static final int MOST_PLACES = 15;

  /** No number of places gives the double back, or it is not finite, or it is minus zero. */
  static final int NONE = -1;

  private static final double EXACT = 1L << 53;
  private static final double WHOLE = 1L << 62;
  private static final double[] POWERS = new double[MOST_PLACES + 1];

  static {
    for (int places = 0; places <= MOST_PLACES; places++) {
      POWERS[places] = Double.parseDouble("1e" + places);
    }
  }

  private Decimals() {}

  /** The fewest decimal places from which the double comes back bit by bit. */
  static int placesOf(double number) {
    for (int places = 0; places <= MOST_PLACES; places++) {
      if (fits(number, places)) {
        return places;
      }
    }
    return NONE;
  }

  /** Whether {@link #of} gives this double back for its {@link #scaled} form. */
  static boolean fits(double number, int places) {
    double scaled = Math.rint(number * POWERS[places]);
    return Math.abs(scaled) <= (places == 0 ? WHOLE : EXACT)
        && Double.doubleToRawLongBits((long) scaled / POWERS[places])
            == Double.doubleToRawLongBits(number);
  }

  static long scaled(double number, int places) {
    return (long) Math.rint(number * POWERS[places]);
  }

  static double of(long scaled, int places) {
    return scaled / POWERS[places];
  }

  /** The sum, exact if all are decimals of moderate size, else with compensated rounding. */
  static double sum(double[] numbers, int from, int to) {
    int places = 0;
    long total = 0;
    for (int i = from; i < to; i++) {
      while (places <= 9 && !fits(numbers[i], places)) {
        places++;
        total *= 10;
      }
      if (places > 9 || Math.abs(numbers[i]) > 1e6 || Math.abs(total) > 1L << 52) {
        return compensated(numbers, from, to);
      }
      total += scaled(numbers[i], places);
    }
    return of(total, places);
  }

  /** Neumaier's variant of Kahan's sum. */
  private static double compensated(double[] numbers, int from, int to) {
    double sum = 0;
    double lost = 0;
    for (int i = from; i < to; i++) {
      double next = sum + numbers[i];
      lost +=
          Math.abs(sum) >= Math.abs(numbers[i]) ? sum - next + numbers[i] : numbers[i] - next + sum;
      sum = next;
    }
    return Double.isFinite(sum) && Double.isFinite(lost) ? sum + lost : sum;
  }
}
