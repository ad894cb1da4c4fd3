package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ClockQuality;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReplicaSetupTest {
  @Test
  void aClockThatIsSetJustNowDoesNotCountAsSetAndShow1970() {
    AtomicReference<ClockQuality> quality = new AtomicReference<>(ClockQuality.UNKNOWN);
    ReplicaSetup setup =
        new ReplicaSetup(
            "garden",
            Optional.empty(),
            () -> "board=one",
            () -> {
              quality.set(ClockQuality.NTP);
              return Instant.EPOCH;
            },
            quality::get,
            () -> 7,
            new Random(1));
    assertThat(setup.stamp(1).quality()).isEqualTo(ClockQuality.UNKNOWN);
  }
}
