package io.smollama.devices;

import io.smollama.core.Units;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * DS18B20 and its kin by the kernel's file {@code w1_slave}: two lines with the nine bytes of the
 * sensor, whether their check sum is right, and thousandths of a degree. Reading it takes a second.
 * One thread at a time.
 */
final class Ds18b20Sensor implements Sensor {
  private static final Pattern ANSWER =
      Pattern.compile("((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)[\\s\\S]*t=(-?\\d+)\\s*");
  private static final double POWER_ON = 85;

  /** The kind of the sensor and its number. */
  static final String ID = "[0-9a-f]{2}-[0-9a-f]{6,12}";

  private final Path sensors;
  private final String id;

  /**
   * Reads nothing yet.
   *
   * @param sensors the kernel's folder of sensors, {@code /sys/bus/w1/devices}
   * @param id its folder there
   */
  Ds18b20Sensor(Path sensors, String id) {
    this.sensors = sensors;
    this.id = id;
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(new Quantity("temperature", Units.CELSIUS));
  }

  @Override
  public List<Measured> measure() {
    List<String> present = present();
    if (present.stream().noneMatch(name -> name.startsWith("w1_bus_master"))) {
      throw DeviceFault.lasting(
          "this machine has no 1-wire bus",
          "Switch it on with dtoverlay=w1-gpio in /boot/firmware/config.txt, and start again");
    }
    if (!present.contains(id)) {
      String others =
          present.stream().filter(name -> name.matches(ID)).collect(Collectors.joining(", "));
      throw DeviceFault.passing(
          "there is no sensor %s on the bus%s"
              .formatted(id, others.isEmpty() ? "" : ", only " + others),
          "Look at its wires, and at the resistor of 4.7 kΩ between data and 3.3 V");
    }
    try {
      return List.of(temperature(new KernelNumbers(sensors.resolve(id)).text("w1_slave")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Measured temperature(String text) {
    Matcher answer = ANSWER.matcher(text);
    if (!answer.matches()) {
      throw DeviceFault.passing(
          "the sensor gave no answer", "Look at its wires; is the cable very long?");
    }
    BigDecimal thousandths = new BigDecimal(answer.group(3));
    Measured measured =
        Measured.of("temperature", thousandths.movePointLeft(3).doubleValue(), Units.CELSIUS);
    if (answer.group(2).equals("NO")) {
      return measured.doubted("its check sum is wrong");
    } else if (answer.group(1).matches("(00 )+")) {
      return measured.doubted("all its bytes are 0, as of a wire that is short-circuited");
    } else if (measured.value() == POWER_ON) {
      return measured.doubted("85 °C is what it says when it has just been switched on");
    }
    return measured;
  }

  /** The bus and what is on it. */
  private List<String> present() {
    try (Stream<Path> folders = Files.list(sensors)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Override
  public DeviceFault explain(Throwable failure) {
    return KernelFolder.explain(failure);
  }

  @Override
  public void close() {}
}
