package io.smollama.devices;

import com.diozero.api.RuntimeIOException;
import io.smollama.core.ReadingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel or the library says of a line, in words, and what helps. */
final class PinErrors {
  private static final Pattern NUMBER = Pattern.compile(": -(\\d+)$");
  private static final int NOT_PERMITTED = 1;
  private static final int NO_DEVICE = 19;
  private static final int BUSY = 16;
  private static final int INVALID = 22;

  private PinErrors() {}

  /** What a call for a pin failed of. */
  static ReadingException of(int pin, RuntimeIOException failure) {
    Matcher number = NUMBER.matcher(String.valueOf(failure.getMessage()));
    String words =
        switch (number.find() ? Integer.parseInt(number.group(1)) : 0) {
          case BUSY -> busy(Optional.empty());
          case INVALID ->
              "the chip cannot do that with this pin. Set pull to none, or take another";
          case NOT_PERMITTED -> "the pin is another way round. Look at its mode";
          case NO_DEVICE -> "its chip was taken away. Plug it in again";
          default ->
              "the kernel refuses it (%s). 'gpioinfo' shows the pins"
                  .formatted(failure.getMessage());
        };
    return new ReadingException("gpio:" + pin, words, true, failure);
  }

  /** Somebody else has the pin. */
  static ReadingException held(int pin, String holder) {
    return new ReadingException("gpio:" + pin, busy(Optional.of(holder)), true);
  }

  private static String busy(Optional<String> holder) {
    return "the pin is in use%s. End what has it, or take another; 'gpioinfo' shows who has which"
        .formatted(holder.map(" by '%s'"::formatted).orElse(""));
  }

  /** The chip has no such line. */
  static ReadingException noLine(int pin, ChipFiles.Chip chip, int lines) {
    return new ReadingException(
        "gpio:" + pin,
        "%s has no such pin, only 0 to %d. Set gpio.chip to the chip that has it"
            .formatted(chip, lines - 1),
        false);
  }

  /** The native library does not load here, and never will in this process. */
  static ReadingException noLibrary(Throwable failure) {
    return new ReadingException(
        "gpio",
        ("the native library for pins cannot be used here (%s). It needs Linux on 64-bit or 32-bit ARM or"
                + " x86-64, and a temporary folder (%s) that is not mounted noexec")
            .formatted(failure.getMessage(), System.getProperty("java.io.tmpdir")),
        false,
        failure);
  }
}
