package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import io.smollama.core.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Texas Instruments ADS1115, each input against ground. A conversion is asked after until it has
 * ended: diozero's driver waits for a time that is shorter than a conversion may take, and then
 * gives the number of the input before. Immutable.
 *
 * @param channels the inputs, 0 to 3
 * @param range volts at full scale, one of {@link DeviceRules#RANGES}
 */
record Ads1115Chip(List<Integer> channels, double range, Pause pause) implements ChipProtocol {
  private static final int CONVERSION = 0;
  private static final int CONFIG = 1;
  private static final int READY = 0x80;
  private static final int BEGIN = 0x80;
  private static final int AGAINST_GROUND = 0b100;
  private static final int ONCE = 1;

  /** 128 conversions a second, no comparator (data sheet SBAS444, 8.1.3). */
  private static final int RATE = 0x83;

  private static final int LOOKS = 20;

  @Override
  public List<Sensor.Quantity> quantities() {
    return channels.stream()
        .map(channel -> new Sensor.Quantity("channel" + channel, Units.VOLT))
        .toList();
  }

  @Override
  public Supplier<List<Measured>> start(I2CDeviceInterface chip) {
    return () -> {
      List<Measured> all = new ArrayList<>();
      channels.forEach(channel -> all.add(measure(chip, channel)));
      return all;
    };
  }

  private Measured measure(I2CDeviceInterface chip, int channel) {
    int gain = DeviceRules.RANGES.indexOf(range);
    int high = BEGIN | (AGAINST_GROUND + channel) << 4 | gain << 1 | ONCE;
    chip.writeI2CBlockData(CONFIG, (byte) high, (byte) RATE);
    pause.millis(8);
    for (int look = 0; (word(chip, CONFIG) >> 8 & READY) == 0; look++) {
      if (look == LOOKS) {
        throw DeviceFault.passing("a conversion does not end", "");
      }
      pause.millis(1);
    }
    short counts = (short) word(chip, CONVERSION);
    double volts = Math.round(counts * range / 32768 * 1e6) / 1e6;
    Measured measured = Measured.of("channel" + channel, volts, Units.VOLT);
    return counts == Short.MAX_VALUE
        ? measured.doubted("more than %s V; a larger full_scale measures more".formatted(range))
        : measured;
  }

  private static int word(I2CDeviceInterface chip, int register) {
    byte[] bytes = chip.readI2CBlockDataByteArray(register, 2);
    return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
  }
}
