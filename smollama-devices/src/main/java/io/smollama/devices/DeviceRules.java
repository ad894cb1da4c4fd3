package io.smollama.devices;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Says what is wrong with a device of the configuration. Immutable. */
record DeviceRules(String name, Optional<DeviceDriver> driver) {
  /** Their sources would be taken for those of the node itself. */
  private static final Set<String> TAKEN =
      Set.of("system", "gpio", "mqtt", "edge", "node", "house");

  private static final int HIGHEST_PIN = 53;
  private static final int HIGHEST_BUS = 255;

  /** The ranges of the ADS1115's amplifier, in volts. */
  static final List<Double> RANGES = List.of(6.144, 4.096, 2.048, 1.024, 0.512, 0.256);

  /** What a device of the configuration says besides its name and driver. Immutable. */
  record Given(
      Optional<Integer> bus,
      Optional<Integer> address,
      Optional<String> id,
      Optional<Path> path,
      Optional<String> chip,
      Optional<Integer> trigger,
      Optional<Integer> echo,
      Optional<Integer> chipSelect,
      Optional<List<Integer>> channels,
      Optional<Double> fullScale,
      Optional<Integer> columns,
      Optional<Integer> rows,
      Optional<List<String>> lines) {

    /** The keys that are there, as the configuration writes them. */
    private Set<String> keys() {
      Map<String, Optional<?>> all = new LinkedHashMap<>();
      all.put("bus", bus);
      all.put("address", address);
      all.put("id", id);
      all.put("path", path);
      all.put("chip", chip);
      all.put("trigger", trigger);
      all.put("echo", echo);
      all.put("chip_select", chipSelect);
      all.put("channels", channels);
      all.put("full_scale", fullScale);
      all.put("columns", columns);
      all.put("rows", rows);
      all.put("lines", lines);
      all.values().removeIf(Optional::isEmpty);
      return all.keySet();
    }
  }

  void check(Given given) {
    checkName();
    if (driver.isEmpty()) {
      throw wrong("has no driver; there is %s", DeviceDriver.words());
    }
    for (String key : given.keys()) {
      if (!driver.get().keys().contains(key)) {
        String known = driver.get().keys().stream().sorted().collect(Collectors.joining(", "));
        throw wrong("is a %s, which takes %s, not '%s'", driver.get().word(), known, key);
      }
    }
    range("bus", given.bus(), 0, HIGHEST_BUS);
    given.address().ifPresent(this::checkAddress);
    switch (driver.get()) {
      case DS18B20 -> checkId(given.id());
      case IIO, HWMON -> checkFolder(given);
      case HCSR04 -> checkPins(given);
      case MCP3008, ADS1115 -> checkConverter(given);
      case HD44780 -> checkDisplay(given);
      default -> {}
    }
  }

  private void checkName() {
    if (!name.matches("[\\p{L}\\p{N}_-]{1,64}")) {
      throw new IllegalArgumentException(
          "The name of a device has 1 to 64 letters, digits, - and _; was '%s'".formatted(name));
    }
    if (TAKEN.contains(name)) {
      throw wrong("needs another name: '%s' is what the node calls sources of its own", name);
    }
  }

  private void checkAddress(int address) {
    List<Integer> known = driver.orElseThrow().addresses();
    if (!known.contains(address)) {
      String words =
          known.stream().sorted().map("0x%02x"::formatted).collect(Collectors.joining(", "));
      throw wrong(
          "is a %s, whose address is one of %s, was 0x%02x (%d)",
          driver.get().word(), words, address, address);
    }
  }

  private void checkId(Optional<String> id) {
    if (!id.map(text -> text.matches(Ds18b20Sensor.ID)).orElse(false)) {
      throw wrong(
          "needs an id such as 28-0000075a6f1c, a folder in /sys/bus/w1/devices%s",
          id.map(text -> ", was '" + text + "'").orElse(""));
    }
  }

  private void checkFolder(Given given) {
    if (given.path().isPresent() == given.chip().isPresent()) {
      throw wrong("needs the path of a folder or the name of a chip, not both");
    }
    if (given.path().isPresent() && !given.path().get().isAbsolute()) {
      throw wrong("needs a path that begins with /, was '%s'", given.path().get());
    }
    if (given.chip().map(text -> !text.matches("[\\w@.:-]{1,64}")).orElse(false)) {
      throw wrong("names no chip: '%s'", given.chip().get());
    }
  }

  private void checkPins(Given given) {
    if (given.trigger().isEmpty() || given.echo().isEmpty()) {
      throw wrong("needs the GPIO numbers of trigger and echo");
    }
    range("trigger", given.trigger(), 0, HIGHEST_PIN);
    range("echo", given.echo(), 0, HIGHEST_PIN);
    if (given.trigger().equals(given.echo())) {
      throw wrong("has trigger and echo at the same pin, %d", given.echo().get());
    }
  }

  private void checkConverter(Given given) {
    boolean ads = driver.orElseThrow() == DeviceDriver.ADS1115;
    int highest = ads ? 3 : 7;
    IntPredicate there = channel -> channel >= 0 && channel <= highest;
    given
        .channels()
        .ifPresent(
            all -> {
              boolean distinct = Set.copyOf(all).size() == all.size();
              if (all.isEmpty() || !distinct || !all.stream().allMatch(there::test)) {
                throw wrong("has channels 0 to %d, each once; was %s", highest, all);
              }
            });
    range("chip_select", given.chipSelect(), 0, 7);
    double volts = given.fullScale().orElse(RANGES.get(0));
    if (ads && !RANGES.contains(volts)) {
      throw wrong("has a full_scale of one of %s volts, was %s", RANGES, volts);
    }
    if (!(volts > 0 && volts <= 10)) {
      throw wrong("has a full_scale above 0 and at most 10 volts, was %s", volts);
    }
  }

  private void checkDisplay(Given given) {
    int columns = given.columns().orElse(16);
    int rows = given.rows().orElse(2);
    boolean known = rows == 2 ? columns >= 8 && columns <= 40 : rows == 4;
    if (!known || (rows == 4 && columns != 16 && columns != 20)) {
      throw wrong("has 8 to 40 columns and 2 rows, 16x4 or 20x4, was %dx%d", columns, rows);
    }
    List<String> lines = given.lines().orElse(List.of());
    if (lines.size() > rows) {
      throw wrong("has %d rows and is to show %d lines", rows, lines.size());
    }
    lines.forEach(DisplayLine::new); // says what is wrong with its sources
  }

  private void range(String key, Optional<Integer> value, int least, int most) {
    if (value.isPresent() && (value.get() < least || value.get() > most)) {
      throw wrong("has %s %d to %d, was %d", key, least, most, value.get());
    }
  }

  private IllegalArgumentException wrong(String format, Object... values) {
    return new IllegalArgumentException("Device '%s' ".formatted(name) + format.formatted(values));
  }
}
