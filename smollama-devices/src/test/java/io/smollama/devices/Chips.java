package io.smollama.devices;

/** Chips with the numbers of their data sheets. */
final class Chips {
  static final Pause NO_PAUSE = time -> {};

  private Chips() {}

  /** BST-BMP280-DS001, 3.12: 25.08 °C, 100653 Pa. */
  static RegisterChip bmp280() {
    return new RegisterChip()
        .set(0xd0, 0x58)
        .set(0x88, 0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e, 0x43, 0xd6, 0xd0, 0x0b)
        .set(0x94, 0x27, 0x0b, 0x8c, 0x00, 0xf9, 0xff, 0x8c, 0x3c, 0xf8, 0xc6, 0x70, 0x17)
        .set(0xf7, 0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00);
  }

  /** The same with the humidity of one that lies on a desk: 0x6b3a of its scale. */
  static RegisterChip bme280() {
    return bmp280()
        .set(0xd0, 0x60)
        .set(0xa1, 0x4b)
        .set(0xe1, 0x6a, 0x01, 0x00, 0x14, 0x0b, 0x00, 0x1e)
        .set(0xfd, 0x6b, 0x3a);
  }

  /** BST-BMP180-DS000, 3.5: 15.0 °C, 69964 Pa; its raw pressure as of eight measurings. */
  static RegisterChip bmp180() {
    RegisterChip chip =
        new RegisterChip() {
          @Override
          void written(int register, int value) {
            int pressure = 23843 << 8;
            if (value == 0x2e) {
              set(0xf6, 27898 >> 8, 27898 & 0xff);
            } else if (value == 0xf4) {
              set(0xf6, pressure >> 16, pressure >> 8 & 0xff, pressure & 0xff);
            }
          }
        };
    int[] words = {408, -72, -14383, 32741, 32757, 23153, 6190, 4, -32768, -8711, 2868};
    for (int i = 0; i < words.length; i++) {
      chip.set(0xaa + 2 * i, words[i] >> 8 & 0xff, words[i] & 0xff);
    }
    return chip.set(0xd0, 0x55);
  }

  /** ROHM 11046EDT01: 0x8390 are 28067 lx. */
  static RegisterChip bh1750() {
    return new RegisterChip() {
      @Override
      void told(int value) {
        if (value == 0x20) {
          set(0, 0x83, 0x90);
        }
      }
    };
  }

  /** A quarter of full scale at input 0, half at 1, less than nothing at 2, too much at 3. */
  static RegisterChip ads1115() {
    int[] inputs = {8192, 16384, -16, 32767};
    return new RegisterChip() {
      private static final int READY = 0x80;
      private int conversion;
      private int config;
      private int looks;

      @Override
      void written(int register, int value) {
        looks = 0;
        config = value & ~(READY << 8);
        conversion = inputs[value >> 12 & 3];
      }

      /** Not ready for two looks; until then the number is one of before. */
      @Override
      public int readI2CBlockData(int register, byte[] buffer) {
        if (register == 1 && ++looks > 2) {
          config |= READY << 8;
        }
        boolean ready = (config >> 8 & READY) != 0;
        int word = register == 1 ? config : ready ? conversion : 0x5555;
        buffer[0] = (byte) (word >> 8);
        buffer[1] = (byte) word;
        return buffer.length;
      }
    };
  }
}
