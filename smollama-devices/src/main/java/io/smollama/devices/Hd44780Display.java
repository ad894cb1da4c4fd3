package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import com.diozero.devices.HD44780Lcd;
import io.smollama.core.ReadingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HD44780 behind a PCF8574, through diozero's driver. One thread at a time. */
final class Hd44780Display implements TextDisplay {
  /** Characters of the ROM A00 that are not where ASCII has them. */
  private static final Map<Integer, Integer> CODES =
      Map.of(
          (int) '°', 0xdf, (int) 'ä', 0xe1, (int) 'ö', 0xef, (int) 'ü', 0xf5, (int) 'ß', 0xe2,
          (int) 'µ', 0xe4, (int) 'Ω', 0xf4, (int) '→', 0x7e, (int) '←', 0x7f);

  private static final int FIRST_ASCII = 0x20;
  private static final int LAST_ASCII = 0x7d;

  private final DeviceConfig config;
  private final I2cBuses buses;
  private @Nullable I2CDeviceInterface chip;
  private @Nullable HD44780Lcd lcd;

  Hd44780Display(DeviceConfig config, I2cBuses buses) {
    this.config = config;
    this.buses = buses;
  }

  @Override
  public int columns() {
    return config.columns().orElse(16);
  }

  @Override
  public int rows() {
    return config.rows().orElse(2);
  }

  @Override
  public void show(List<String> lines) {
    try {
      HD44780Lcd open = open();
      for (int row = 0; row < rows(); row++) {
        String line = row < lines.size() ? lines.get(row) : "";
        open.setCursorPosition(0, row);
        int[] characters = line.codePoints().limit(columns()).toArray();
        for (int column = 0; column < columns(); column++) {
          open.addText(column < characters.length ? code(characters[column]) : ' ');
        }
      }
    } catch (RuntimeException | LinkageError e) {
      close();
      DeviceFault fault = e instanceof DeviceFault known ? known : buses.explain(config.i2c(), e);
      throw new ReadingException(
          config.name(), config.describe() + ": " + fault.getMessage(), fault.isRetryable(), e);
    }
  }

  private HD44780Lcd open() {
    if (chip == null) {
      chip = buses.open(config.i2c());
    }
    if (lcd == null) {
      lcd = new HD44780Lcd(new LcdBackpack(chip), columns(), rows());
      lcd.displayControl(true, false, false);
    }
    return lcd;
  }

  private static int code(int character) {
    boolean ascii = character >= FIRST_ASCII && character <= LAST_ASCII && character != '\\';
    return CODES.getOrDefault(character, ascii ? character : '?');
  }

  @Override
  public void close() {
    I2CDeviceInterface open = chip;
    chip = null;
    lcd = null;
    if (open != null) {
      open.close();
    }
  }
}
