package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;

import com.diozero.api.RuntimeIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "-16, the pin is in use. End what has it",
    "-22, the chip cannot do that with this pin. Set pull to none",
    "-5, the kernel refuses it (Error in provisionGpioInputDevice: -5). 'gpioinfo' shows the pins"
  })
  void saysWhatTheKernelMeans(String number, String words) {
    RuntimeIOException failure =
        new RuntimeIOException("Error in provisionGpioInputDevice: " + number);
    assertThat(PinErrors.of(17, failure)).hasMessageStartingWith("gpio:17: " + words);
  }

  @Test
  void namesWhoHasAPin() {
    assertThat(PinErrors.held(4, "w1"))
        .hasMessageStartingWith("gpio:4: the pin is in use by 'w1'. End what has it");
  }

  @Test
  void aLineThatTheChipHasNotWillNeverBeThere() {
    ChipFiles.Chip chip = new ChipFiles.Chip(java.nio.file.Path.of("/dev/gpiochip0"), "pl061");
    assertThat(PinErrors.noLine(17, chip, 8))
        .hasMessageContaining("gpiochip0 (pl061) has no such pin, only 0 to 7")
        .matches(failure -> !failure.isRetryable());
  }

  @Test
  void aLibraryThatDoesNotLoadSaysWhatItNeeds() {
    assertThat(PinErrors.noLibrary(new UnsatisfiedLinkError("no x in path")))
        .hasMessageContaining("cannot be used here (no x in path)")
        .hasMessageContaining("noexec");
  }
}
