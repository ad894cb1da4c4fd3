package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ClockQuality;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who set the clock, by files as Linux machines have them. */
class ClockSourceTest {
  @TempDir Path root;
  private final ManualClock clock = new ManualClock();
  private Duration up = Duration.ofHours(20);

  @Test
  void nobodyAsFarAsIsKnown() {
    assertThat(quality()).isEqualTo(ClockQuality.UNKNOWN);
  }

  @Test
  void timesyncdHasSetIt() throws IOException {
    touch("run/systemd/timesync/synchronized", clock.instant());
    assertThat(quality()).isEqualTo(ClockQuality.NTP);
  }

  @Test
  void timesyncdHasLetGoOfIt() throws IOException {
    touch("run/systemd/timesync/synchronized", clock.instant().minus(Duration.ofHours(4)));
    assertThat(quality()).isEqualTo(ClockQuality.ESTIMATED);
  }

  @Test
  void chronyHasSetItSinceTheStart() throws IOException {
    touch("var/lib/chrony/chrony.drift", clock.instant().minus(Duration.ofMinutes(50)));
    assertThat(quality()).isEqualTo(ClockQuality.NTP);
  }

  @Test
  void aFileOfTheTimeBeforeTheStartSaysNothing() throws IOException {
    up = Duration.ofHours(1);
    touch("var/lib/chrony/drift", clock.instant().minus(up).minusSeconds(1));
    assertThat(quality()).isEqualTo(ClockQuality.UNKNOWN);
    clock.advance(Duration.between(clock.instant(), Instant.EPOCH.plus(up)));
    assertThat(quality()).as("in 1970 all files are of the future").isEqualTo(ClockQuality.UNKNOWN);
  }

  @Test
  void aBatteryHasKeptIt() throws IOException {
    touch("sys/class/rtc/rtc0/hctosys", clock.instant());
    assertThat(quality()).as("the kernel did not take it").isEqualTo(ClockQuality.UNKNOWN);
    Files.writeString(root.resolve("sys/class/rtc/rtc0/hctosys"), "1\n");
    assertThat(quality()).isEqualTo(ClockQuality.RTC);
  }

  @Test
  void thisMachineAnswers() {
    assertThat(ReplicaSetup.ofThisMachine("here").stamp(1).quality()).isNotNull();
  }

  private ClockQuality quality() {
    return new ClockSource(root, clock, () -> up.toMillis()).get();
  }

  private void touch(String name, Instant time) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "0\n");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
