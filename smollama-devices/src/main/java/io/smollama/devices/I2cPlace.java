package io.smollama.devices;

/**
 * Where a chip is. Immutable.
 *
 * @param bus the number of the bus, as in {@code /dev/i2c-1}
 * @param address the chip's, 0x03 to 0x77
 */
record I2cPlace(int bus, int address) {
  /** What the kernel calls it: {@code 1-0076}. */
  String kernelName() {
    return "%d-%04x".formatted(bus, address);
  }

  @Override
  public String toString() {
    return "i2c-%d 0x%02x".formatted(bus, address);
  }
}
