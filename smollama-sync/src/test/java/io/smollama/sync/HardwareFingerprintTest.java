package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareFingerprintTest {
  private static final String PI =
      "board=10000000abcdef01 disk.mmcblk0=035344534c333247 net.eth0=dc:a6:32:01:02:03";

  @TempDir Path root;

  @BeforeEach
  void raspberryPi() throws IOException {
    write("firmware/devicetree/base/serial-number", "10000000abcdef01\0");
    write("block/loop0/removable", "0\n");
    write("block/mmcblk0/device/cid", "035344534c333247\n");
    write("block/sda/device/wwid", "naa.5000c500\n");
    card("eth0", "dc:a6:32:01:02:03", "0");
    card("wlan0", "dc:a6:32:01:02:04", "0");
  }

  @Test
  void namesBoardDiskAndCard() {
    assertThat(HardwareFingerprint.of(root)).isEqualTo(PI);
  }

  @Test
  void bridgesAndRandomAddressesChangeNothing() throws IOException {
    write("class/net/br-1f2e/address", "02:42:aa:bb:cc:dd\n");
    write("class/net/docker0/address", "02:42:aa:bb:cc:dd\n");
    write("class/net/a-veth/address", "02:42:aa:bb:cc:de\n");
    card("enxrandom", "02:00:00:00:00:01", "1");
    card("dummy-set", "02:00:00:00:00:02", "3");
    assertThat(HardwareFingerprint.of(root)).isEqualTo(PI);
  }

  @Test
  void memoryStickInFrontChangesNothing() throws IOException {
    write("block/aaa/device/serial", "stick\n");
    write("block/aaa/removable", "1\n");
    assertThat(HardwareFingerprint.of(root)).isEqualTo(PI);
  }

  @Test
  void absentPartsAreLeftOut() throws IOException {
    Files.delete(root.resolve("sys/firmware/devicetree/base/serial-number"));
    Files.delete(root.resolve("sys/block/mmcblk0/device/cid"));
    assertThat(HardwareFingerprint.of(root))
        .isEqualTo("disk.sda=naa.5000c500 net.eth0=dc:a6:32:01:02:03");
    assertThat(HardwareFingerprint.of(root.resolve("nowhere"))).isEqualTo("unknown");
  }

  @Test
  void thisMachineDoesNotFlap() {
    assertThat(HardwareFingerprint.of(Path.of("/")))
        .isEqualTo(HardwareFingerprint.of(Path.of("/")));
  }

  @ParameterizedTest
  @CsvSource({
    "a=1 b=2, a=1 b=2, false",
    "a=1 b=2, a=1,     false",
    "a=1,     b=2 a=1, false",
    "a=1 b=2, a=1 b=3, true",
    "a=1,     b=1,     true",
    "a=1,     unknown, false",
    "unknown, a=1,     false",
    "free,    free,    false",
    "free,    other,   true",
  })
  void differsOnlyByWhatBothShow(String known, String now, boolean differ) {
    assertThat(HardwareFingerprint.differ(known, now)).isEqualTo(differ);
  }

  @ParameterizedTest
  @CsvSource({
    "a=1 b=2, a=1,     a=1 b=2",
    "a=1,     a=1 b=2, a=1 b=2",
    "unknown, a=1,     a=1",
    "a=1,     unknown, a=1",
    "a=1,     a=2 c=3, a=2 c=3",
  })
  void mergeRemembersAllParts(String known, String now, String all) {
    assertThat(HardwareFingerprint.merge(known, now)).isEqualTo(all);
  }

  private void card(String name, String address, String assignType) throws IOException {
    write("class/net/" + name + "/address", address + "\n");
    write("class/net/" + name + "/addr_assign_type", assignType + "\n");
    Files.createDirectories(root.resolve("sys/class/net/" + name + "/device"));
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve("sys").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
