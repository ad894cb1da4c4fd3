package io.smollama.devices;

import java.nio.ByteBuffer;

/** The numbers in a BMP180 that its measurements are computed with. Immutable. */
record Bmp180Calibration(
    int ac1, int ac2, int ac3, int ac4, int ac5, int ac6, int b1, int b2, int mc, int md) {

  /** Of the 22 bytes from register 0xAA on, the higher byte first. */
  static Bmp180Calibration of(ByteBuffer words) {
    return new Bmp180Calibration(
        words.getShort(0),
        words.getShort(2),
        words.getShort(4),
        words.getShort(6) & 0xffff,
        words.getShort(8) & 0xffff,
        words.getShort(10) & 0xffff,
        words.getShort(12),
        words.getShort(14),
        words.getShort(18),
        words.getShort(20));
  }

  /** Tenths of a degree Celsius. */
  int tenths(int temperature) {
    return (int) (b5(temperature) + 8 >> 4);
  }

  /** Names and steps are those of the data sheet; as longs, so that nothing overflows. */
  int pascal(int temperature, int pressure, int oversampling) {
    long b6 = b5(temperature) - 4000;
    long x3 = (b2 * (b6 * b6 >> 12) >> 11) + (ac2 * b6 >> 11);
    long b3 = (((ac1 * 4L + x3) << oversampling) + 2) / 4;
    x3 = ((ac3 * b6 >> 13) + (b1 * (b6 * b6 >> 12) >> 16) + 2) >> 2;
    long b4 = ac4 * (x3 + 32768) >> 15;
    long b7 = (pressure - b3) * (50000L >> oversampling);
    long p = b7 < 0x80000000L ? b7 * 2 / b4 : b7 / b4 * 2;
    long x1 = (p >> 8) * (p >> 8) * 3038 >> 16;
    long x2 = -7357 * p >> 16;
    return (int) (p + (x1 + x2 + 3791 >> 4));
  }

  private long b5(int temperature) {
    long x1 = (long) (temperature - ac6) * ac5 >> 15;
    return x1 + ((long) mc << 11) / (x1 + md);
  }
}
