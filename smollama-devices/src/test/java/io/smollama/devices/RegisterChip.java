package io.smollama.devices;

import com.diozero.api.I2CDevice.ProbeMode;
import com.diozero.api.I2CDeviceInterface;
import com.diozero.api.I2CException;
import java.nio.ByteOrder;

/** A chip on an I2C bus, made of 256 registers, that can be taken off the bus. */
class RegisterChip implements I2CDeviceInterface {
  private static final int NOBODY = -121;

  private final int[] registers = new int[256];
  int failure;
  int opened;
  boolean closed;

  /** Sets registers from one on. */
  final RegisterChip set(int first, int... values) {
    System.arraycopy(values, 0, registers, first, values.length);
    return this;
  }

  final int get(int register) {
    return registers[register];
  }

  /** Takes it off the bus. */
  final void unplug() {
    failure = NOBODY;
  }

  private void answer() {
    if (failure != 0) {
      throw new I2CException("Error in SMBus for device Native-I2C-1-0x76: " + failure, failure);
    }
  }

  /** A register was written. */
  void written(int register, int value) {}

  /** A lone byte was written. */
  void told(int value) {}

  @Override
  public byte readByteData(int register) {
    answer();
    return (byte) registers[register];
  }

  @Override
  public void writeByteData(int register, byte data) {
    answer();
    registers[register] = data & 0xff;
    written(register, data & 0xff);
  }

  @Override
  public int readI2CBlockData(int register, byte[] buffer) {
    answer();
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = (byte) registers[register + i];
    }
    return buffer.length;
  }

  @Override
  public void writeI2CBlockData(int register, byte... data) {
    answer();
    int value = 0;
    for (byte one : data) {
      value = value << 8 | (one & 0xff);
    }
    written(register, value);
  }

  @Override
  public void writeByte(byte data) {
    answer();
    told(data & 0xff);
  }

  @Override
  public int readBytes(byte[] buffer) {
    return readI2CBlockData(0, buffer);
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public ByteOrder getByteOrder() {
    return ByteOrder.BIG_ENDIAN;
  }

  @Override
  public boolean probe(ProbeMode mode) {
    return failure == 0;
  }

  @Override
  public int getController() {
    return 1;
  }

  @Override
  public int getAddress() {
    return 0x76;
  }

  @Override
  public void writeQuick(byte bit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte readByte() {
    throw new UnsupportedOperationException();
  }

  @Override
  public short readWordData(int register) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void writeWordData(int register, short data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public short processCall(int register, short data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] readBlockData(int register) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void writeBlockData(int register, byte... data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] blockProcessCall(int register, byte... data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void writeBytes(byte... data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void readWrite(I2CMessage[] messages, byte[] buffer) {
    throw new UnsupportedOperationException();
  }
}
