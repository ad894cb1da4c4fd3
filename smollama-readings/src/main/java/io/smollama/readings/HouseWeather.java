package io.smollama.readings;

/**
 * The weather around the simulated house, at 48 degrees north; a function of seed and time, which
 * is in minutes since 1970, by the sun. Immutable.
 */
record HouseWeather(SmoothNoise chance) {
  private static final double DAY = 1440;
  private static final double YEAR = 365.25 * DAY;
  private static final double FULL_SUN = 100_000;
  private static final double LATITUDE = Math.toRadians(48);

  private double wandering(String what, double minute, double days) {
    return chance.of(what).wandering(minute / (days * DAY));
  }

  /** -1 in the coldest week of the year, 1 in the warmest. */
  private static double season(double minute) {
    return -Math.cos(2 * Math.PI * (minute / YEAR - 0.055));
  }

  /** From 0, clear, to 1. */
  double cloud(double minute) {
    double cloud =
        0.5 + 0.55 * wandering("fronts", minute, 2.5) + 0.25 * wandering("showers", minute, 0.1);
    return Math.max(0, Math.min(1, cloud));
  }

  /** The sine of the height of the sun; 0 by night. */
  double sun(double minute) {
    double tilt = Math.toRadians(23.4) * -Math.cos(2 * Math.PI * (minute / YEAR + 0.027));
    double hour = 2 * Math.PI * (minute % DAY / DAY - 0.5);
    return Math.max(
        0,
        Math.sin(LATITUDE) * Math.sin(tilt) + Math.cos(LATITUDE) * Math.cos(tilt) * Math.cos(hour));
  }

  /** How much of a clear noon's sun gets through. */
  double sunshine(double minute) {
    return sun(minute) * (1 - 0.8 * cloud(minute));
  }

  double light(double minute) {
    return FULL_SUN * sunshine(minute);
  }

  /** In degrees Celsius; warmest in the afternoon, less so under clouds. */
  double temperature(double minute) {
    double afternoon = Math.cos(2 * Math.PI * (minute % DAY / DAY - 15.0 / 24));
    double swing = (3.5 + 1.5 * season(minute)) * (1.3 - 0.9 * cloud(minute - 120));
    return 9.5
        + 9.5 * season(minute)
        + swing * afternoon
        + 4 * wandering("air", minute, 4)
        + 0.6 * wandering("gusts", minute, 0.15);
  }

  /** Pressure of the vapour in the air, in hectopascals. */
  double vapour(double minute) {
    double dew = temperature(minute) - 2 - 5 * (1 - cloud(minute)) * sun(minute) - 2;
    return saturation(dew + 1.5 * wandering("damp", minute, 1));
  }

  double humidity(double minute) {
    return Math.min(100, 100 * vapour(minute) / saturation(temperature(minute)));
  }

  /** In hectopascals at sea level; low when fronts pass. */
  double pressure(double minute) {
    return 1014 - 11 * wandering("fronts", minute, 2.5) + 3 * wandering("waves", minute, 0.7);
  }

  /** Magnus' formula: how much vapour air can hold, in hectopascals. */
  static double saturation(double celsius) {
    return 6.112 * Math.exp(17.62 * celsius / (243.12 + celsius));
  }
}
