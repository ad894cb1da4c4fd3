package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ReadingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder of files in place of the devices. */
class ChipFilesTest {
  @TempDir Path folder;
  private final Map<String, String> labels = new TreeMap<>();

  private ChipFiles.Chip find(String wanted) {
    ChipFiles files =
        new ChipFiles(folder, file -> labels.get(file.getFileName().toString()), "ada");
    return files.find(Optional.of(wanted).filter(name -> !name.isEmpty()));
  }

  private void chips(String... labelled) throws IOException {
    for (int i = 0; i < labelled.length; i++) {
      Files.createFile(folder.resolve("gpiochip" + i));
      labels.put("gpiochip" + i, labelled[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Pi 5,         raspberrypi-exp-gpio, gpio-brcmstb@107d508500, pinctrl-rp1,          gpiochip2",
    "Pi 5 renamed, pinctrl-rp1,          gpio-brcmstb@107d508500, gpio-brcmstb@1,       gpiochip0",
    "Pi 4,         pinctrl-bcm2711,      raspberrypi-exp-gpio,    another,              gpiochip0",
    "Pi 3,         raspberrypi-exp-gpio, pinctrl-bcm2835,         another,              gpiochip1",
    "no Pi,        9030000.pl061,        gpio-sim,                another,              gpiochip0"
  })
  void takesTheChipOfTheHeader(String board, String first, String second, String third, String is)
      throws IOException {
    chips(first, second, third);
    assertThat(find("").file()).as(board).isEqualTo(folder.resolve(is));
  }

  @Test
  void theTenthChipComesAfterTheSecond() throws IOException {
    chips("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
    Files.delete(folder.resolve("gpiochip0"));
    Files.delete(folder.resolve("gpiochip1"));
    assertThat(find("")).hasToString("gpiochip2 (c)");
  }

  @Test
  void anotherNameOfAChipIsNoOtherChip() throws IOException {
    chips("raspberrypi-exp-gpio", "pinctrl-bcm2711");
    Files.createSymbolicLink(folder.resolve("gpiochip4"), folder.resolve("gpiochip1"));
    labels.put("gpiochip4", "pinctrl-rp1");
    assertThat(find("").file()).isEqualTo(folder.resolve("gpiochip1"));
  }

  @ParameterizedTest
  @CsvSource({"gpiochip1", "/dev/gpiochip1", "mcp23017"})
  void takesTheOneThatIsNamed(String wanted) throws IOException {
    chips("pinctrl-bcm2711", "mcp23017");
    assertThat(find(wanted)).hasToString("gpiochip1 (mcp23017)");
  }

  @Test
  void aNameThatThereIsNotIsToldWithThoseThereAre() throws IOException {
    chips("pinctrl-bcm2711", "mcp23017");
    assertThatThrownBy(() -> find("mcp23008"))
        .isInstanceOf(ReadingException.class)
        .hasMessage(
            "mcp23008: there is no such GPIO chip. Set gpio.chip to one of these: "
                + "gpiochip0 (pinctrl-bcm2711), gpiochip1 (mcp23017)");
  }

  @Test
  void aMachineWithoutChipsMayGetOne() {
    assertThatThrownBy(() -> find(""))
        .isInstanceOf(ReadingException.class)
        .hasMessage(
            "%s/gpiochip0: this machine has no GPIO chip. 'gpio.mock: true' simulates pins"
                .formatted(folder))
        .matches(failure -> ((ReadingException) failure).isRetryable());
  }

  @Test
  void aChipThatMayNotBeOpenedNamesTheGroupThatMay() throws IOException {
    Assumptions.assumeFalse(
        "root".equals(System.getProperty("user.name")), "root may open every file");
    chips("pinctrl-bcm2711");
    Files.setPosixFilePermissions(
        folder.resolve("gpiochip0"), PosixFilePermissions.fromString("r--------"));
    assertThatThrownBy(() -> find(""))
        .isInstanceOf(ReadingException.class)
        .hasMessageContaining("the user ada may not open it. 'sudo usermod -aG");
  }
}
