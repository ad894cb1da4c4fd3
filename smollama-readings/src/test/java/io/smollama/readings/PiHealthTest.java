package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Raspberry Pi tells of its power supply and its storage. */
class PiHealthTest extends LinuxFixture {
  private static final String THROTTLED = "sys/devices/platform/soc/soc:firmware/get_throttled";
  private static final String WEAR = "sys/block/mmcblk0/device/life_time";

  @ParameterizedTest
  @CsvSource({
    "0, off, off, off",
    "50005, on, on, on",
    "0x50000, off, on, off",
    "80008, off, off, on",
    "2, off, off, on",
    "1, on, off, off"
  })
  void theBitsOfTheFirmwareAreFlags(String bits, String weak, String wasWeak, String slow) {
    machine.file(THROTTLED, bits + "\n");
    ReadingProvider pi = open();
    assertThat(show(pi, "under_voltage")).hasValue(weak);
    assertThat(show(pi, "under_voltage_since_boot")).hasValue(wasWeak);
    assertThat(show(pi, "throttled")).hasValue(slow);
  }

  @Test
  void bitsThatAreNoneAreQuoted() {
    machine.file(THROTTLED, "many\n");
    assertThatThrownBy(() -> show(open(), "throttled"))
        .isInstanceOf(ReadingException.class)
        .hasMessageContaining("'many'");
  }

  @Test
  void aKernelWithAMonitorAloneTellsOfTheVoltage() {
    machine.file("sys/class/hwmon/hwmon0/name", "cpu_thermal\n");
    machine.file("sys/class/hwmon/hwmon1/name", "rpi_volt\n");
    machine.file("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");
    assertThat(show(open(), "under_voltage")).hasValue("on");
    assertThat(listed(open())).contains("under_voltage").doesNotContain("throttled");
  }

  @ParameterizedTest
  @CsvSource({"0x01 0x02, 20 %", "0x0b 0x01, 100 %", "0x00 0x01, 10 %"})
  void wearIsThatOfTheWorseCells(String told, String wear) {
    machine.file(WEAR, told + "\n");
    assertThat(show(open(), "storage_wear")).hasValue(wear);
  }

  @Test
  void aCardThatCountsNothingHasNoWear() {
    machine.file(WEAR, "0x00 0x00\n");
    assertThat(listed(open())).doesNotContain("storage_wear", "disk_errors", "under_voltage");
  }

  @Test
  void errorsOfAllFileSystemsAreAddedUp() {
    machine.file("sys/fs/ext4/mmcblk0p2/errors_count", "2\n");
    machine.file("sys/fs/ext4/sda1/errors_count", "1\n");
    assertThat(show(open(), "disk_errors")).hasValue("3");
  }
}
