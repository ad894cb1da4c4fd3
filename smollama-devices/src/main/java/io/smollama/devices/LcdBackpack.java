package io.smollama.devices;

import com.diozero.api.I2CDeviceInterface;
import com.diozero.devices.LcdConnection;

/**
 * The usual wiring of a PCF8574 to a display: data at pins 4 to 7, then light, enable, read, and
 * register from pin 3 to 0. diozero's own opens its bus itself. One thread at a time.
 */
record LcdBackpack(I2CDeviceInterface chip) implements LcdConnection {
  @Override
  public void write(byte value) {
    chip.writeByte(value);
  }

  @Override
  public boolean isDataInHighNibble() {
    return true;
  }

  @Override
  public int getBacklightBit() {
    return 3;
  }

  @Override
  public int getEnableBit() {
    return 2;
  }

  @Override
  public int getDataReadWriteBit() {
    return 1;
  }

  @Override
  public int getRegisterSelectBit() {
    return 0;
  }

  @Override
  public void close() {
    chip.close();
  }
}
