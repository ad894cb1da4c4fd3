package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class GpioCommandTest extends RunningNodeFixture {
  @Test
  void anOutputIsSwitchedAndTellsWhoDidIt() {
    startNode();
    assertThat(run("gpio", "set", "led_status", "on", "--for", "10m", "--reason", "it is dark"))
        .isZero();
    assertThat(out).isEqualTo("led_status is on, for 10 min\n");
    run("gpio");
    assertThat(out).containsPattern("gpio:18 +on +led_status, off in (10 min|9 min \\d+ s) ");
    assertThat(run("gpio", "set", "18", "off")).isZero();
    run("why", "LED_status");
    assertThat(out)
        .matches(
            "(?s)gpio:18\n  just now: switched off, by a person \\(cli\\)\n"
                + "  just now: switched on, by a person \\(cli\\): it is dark\n");
    stopNode();
    assertThat(run("audit", "-n", "1")).isZero();
    assertThat(out).contains("gpio:18   off  by a person (cli)");
    assertThat(run("gpio")).isOne();
    assertThat(err).contains("No node runs");
  }

  @Test
  void theWorldIsSimulatedOnTheBoardOnly() {
    startNode();
    assertThat(run("gpio", "set", "motion_sensor", "high", "--simulated")).isZero();
    run("readings", "gpio:17");
    assertThat(out).contains("on");
    assertThat(run("gpio", "set", "motion_sensor", "on")).isOne();
    assertThat(out).isEqualTo("Refused: gpio:17 (motion_sensor) is an input\n");
    assertThat(run("gpio", "set", "18", "dim")).isEqualTo(2);
    assertThat(run("gpio", "set", "17", "on", "--simulated", "--for", "1m")).isEqualTo(2);
    assertThat(run("audit", "-n", "0")).isEqualTo(2);
  }

  @Test
  void whatIsHazardousIsAskedFirst() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state").resolve("config.yaml"),
        """
        gpio:
          mock: true
          pins:
            - {pin: 25, name: heater, mode: output, output: {hazard: hazardous, max_on: 1h}}
        """);
    startNode();
    typed = "no\n";
    assertThat(run("gpio", "set", "heater", "on")).isOne();
    assertThat(err).contains("heater is hazardous. Sure? [y/N]").contains("Nothing was changed");
    typed = "y\n";
    assertThat(run("gpio", "set", "heater", "on")).isZero();
    assertThat(out).isEqualTo("heater is on, for 60 min\n");
    assertThat(run("gpio", "set", "heater", "off")).isZero();
    assertThat(run("gpio", "set", "heater", "on", "--yes")).isZero();
  }

  @Test
  void realPinsThatAreNotThereKeepNoNodeFromRunning() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state").resolve("config.yaml"),
        """
        gpio:
          chip: no-such-chip
          pins:
            - {pin: 17, name: rain, mode: input, pull: up, debounce: 5ms, active_low: true}
            - {pin: 18, name: lamp, mode: output}
        """);
    startNode();
    run("readings", "system:*");
    run("status");
    assertThat(out).containsPattern("failing +gpio +failing since .*: .*(chip|open it).*\\. ");
    run("gpio");
    assertThat(out).containsPattern("gpio:18 +\\? +lamp  .*(chip|open it)");
    assertThat(run("gpio", "set", "lamp", "on")).isOne();
    assertThat(out).contains("Refused: It cannot be read: ");
    assertThat(run("gpio", "set", "rain", "high", "--simulated")).isOne();
    assertThat(err).contains("The pins are real, not simulated");
  }

  @Test
  void aSimulatedInputMayBeOnWhenItIsLow() throws Exception {
    Files.createDirectories(folder.resolve("state"));
    Files.writeString(
        folder.resolve("state").resolve("config.yaml"),
        """
        gpio:
          mock: true
          pins:
            - {pin: 17, name: door, mode: input, pull: up, debounce: 0s, active_low: true}
        """);
    startNode();
    assertThat(run("gpio", "set", "door", "low", "--simulated")).isZero();
    assertThat(out).isEqualTo("door is on (simulated)\n");
    assertThat(run("gpio", "set", "door", "off", "--simulated")).isZero();
    assertThat(out).isEqualTo("door is off (simulated)\n");
    run("readings", "gpio:17");
    assertThat(out).contains("off");
  }
}
