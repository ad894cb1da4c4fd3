package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.diozero.api.DeviceBusyException;
import com.diozero.api.I2CException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when a chip cannot be had. */
class LinuxI2cTest {
  @TempDir Path root;
  private final I2cPlace place = new I2cPlace(1, 0x76);
  private final RegisterChip chip = Chips.bmp280();

  private LinuxI2c buses() {
    return new LinuxI2c(root, where -> chip);
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aChipThatIsFreeIsTaken() throws IOException {
    file("dev/i2c-1", "");
    assertThat(buses().open(place)).isSameAs(chip);
  }

  @Test
  void aBusThatIsSwitchedOff() throws IOException {
    file("dev/i2c-0", "");
    file("dev/i2c-2", "");
    assertThatThrownBy(() -> buses().open(place))
        .hasMessage(
            "there is no bus /dev/i2c-1, only i2c-0, i2c-2. Switch it on with 'sudo raspi-config"
                + " nonint do_i2c 0', or dtparam=i2c_arm=on in /boot/firmware/config.txt, and start"
                + " again");
  }

  @Test
  void aChipThatTheKernelHas() throws IOException {
    file("dev/i2c-1", "");
    file("sys/bus/i2c/devices/1-0076/name", "bmp280\n");
    file("sys/bus/i2c/devices/1-0076/iio:device0/name", "bmp280\n");
    Files.createDirectories(root.resolve("sys/bus/i2c/drivers/bmp280"));
    Files.createSymbolicLink(
        root.resolve("sys/bus/i2c/devices/1-0076/driver"),
        root.resolve("sys/bus/i2c/drivers/bmp280"));
    assertThatThrownBy(() -> buses().open(place))
        .hasMessage(
            "the kernel's driver bmp280 has the chip. Read what that measures, {driver: iio, chip:"
                + " bmp280}, or take it away: 'echo 1-0076 | sudo tee"
                + " /sys/bus/i2c/drivers/bmp280/unbind'");
  }

  @ParameterizedTest
  @CsvSource({
    "-2,there is no bus /dev/i2c-1",
    "-13,usermod -aG i2c",
    "-16,another program uses the chip",
    "-121,nothing answers at this address",
    "-6,nothing answers at this address",
    "-5,nothing answers at this address",
    "-110,the bus stands still",
    "-22,Error -22"
  })
  void whatTheNativeLibraryMeans(int error, String words) {
    assertThat(buses().explain(place, new I2CException("Error " + error, error)))
        .hasMessageContaining(words);
  }

  @Test
  void aChipThatIsBusyByDiozerosWords() {
    assertThat(buses().explain(place, new DeviceBusyException("busy")))
        .hasMessageContaining("another program uses the chip");
  }
}
