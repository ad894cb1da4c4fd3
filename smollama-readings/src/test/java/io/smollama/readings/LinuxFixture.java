package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.SourceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The readings of a Raspberry Pi that is a folder of files. */
abstract class LinuxFixture {
  static final String TEMP = "sys/class/thermal/thermal_zone0/temp";
  static final String FREQ = "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq";

  @TempDir Path folder;
  FakeMachine machine;

  @BeforeEach
  void makePi() {
    machine = FakeMachine.raspberryPi4(folder);
  }

  ReadingProvider open() {
    return SystemReadings.ofLinux(folder, folder, machine.clock, machine.nanos());
  }

  static Optional<String> show(ReadingProvider provider, String id) {
    return provider.read(new SourceId("system", id)).map(Reading::display);
  }

  static List<String> ids(List<Reading> readings) {
    return readings.stream().map(reading -> reading.source().id()).toList();
  }

  static List<String> listed(ReadingProvider provider) {
    return provider.sources().stream().map(source -> source.id().id()).toList();
  }
}
