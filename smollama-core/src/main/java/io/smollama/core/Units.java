package io.smollama.core;

import java.util.Map;

/**
 * The unit names that readings carry, and the symbols that people read. A reading's unit is a lower
 * case word ({@code celsius}, {@code percent}); a unit that is not listed here stands for itself,
 * and a flag or a bare count has none ({@code ""}). Immutable.
 */
public final class Units {
  public static final String NONE = "";
  public static final String CELSIUS = "celsius";
  public static final String PERCENT = "percent";
  public static final String MEGAHERTZ = "mhz";
  public static final String MEGABYTES = "mb";
  public static final String SECONDS = "seconds";
  public static final String BYTES_PER_SECOND = "bytes_per_second";
  public static final String LOAD = "load";
  public static final String BOOLEAN = "boolean";
  public static final String HECTOPASCAL = "hectopascal";
  public static final String LUX = "lux";
  public static final String VOLT = "volt";
  public static final String AMPERE = "ampere";
  public static final String WATT = "watt";
  public static final String OHM = "ohm";
  public static final String METER = "meter";
  public static final String CENTIMETER = "centimeter";
  public static final String ROTATIONS_PER_MINUTE = "rpm";

  private static final Map<String, String> SYMBOLS =
      Map.ofEntries(
          Map.entry(CELSIUS, "°C"),
          Map.entry("fahrenheit", "°F"),
          Map.entry("kelvin", "K"),
          Map.entry(PERCENT, "%"),
          Map.entry(MEGAHERTZ, "MHz"),
          Map.entry(MEGABYTES, "MB"),
          Map.entry(SECONDS, "s"),
          Map.entry(BYTES_PER_SECOND, "B/s"),
          Map.entry(LOAD, ""),
          Map.entry(BOOLEAN, ""),
          Map.entry(HECTOPASCAL, "hPa"),
          Map.entry(LUX, "lx"),
          Map.entry(VOLT, "V"),
          Map.entry(AMPERE, "A"),
          Map.entry(WATT, "W"),
          Map.entry(OHM, "Ω"),
          Map.entry(METER, "m"),
          Map.entry(CENTIMETER, "cm"));

  private Units() {}

  /** A figure with its unit's symbol behind it: {@code 45.5 °C}; the figure alone if none. */
  public static String with(String figure, String unit) {
    String symbol = symbol(unit);
    return symbol.isEmpty() ? figure : figure + " " + symbol;
  }

  /** The symbol that people read; the unit itself if it is not listed. */
  public static String symbol(String unit) {
    return SYMBOLS.getOrDefault(unit, unit);
  }
}
