package io.smollama.devices;

import com.diozero.internal.provider.builtin.gpio.GpioLine;

/**
 * A line of a chip that is only closed if it is open, and once. diozero's own closes file
 * descriptor 0, whoever has that, for each line that was never opened, when its chip is closed. One
 * thread at a time.
 */
final class ChipLine extends GpioLine {
  private static final int KERNEL = 1;
  private static final int OUT = 2;

  private boolean open;

  private ChipLine(GpioLine line) {
    super(
        line.getOffset(),
        (line.isReserved() ? KERNEL : 0) | (line.getDirection() == Direction.OUTPUT ? OUT : 0),
        line.getName(),
        line.getConsumer());
  }

  /** Puts such lines in place of a chip's own. */
  static void guard(GpioLine[] lines) {
    for (int i = 0; i < lines.length; i++) {
      lines[i] = new ChipLine(lines[i]);
    }
  }

  /** Its chip gave it, again. */
  void opened() {
    open = true;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      super.close();
    }
  }
}
