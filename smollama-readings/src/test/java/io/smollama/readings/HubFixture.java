package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.testkit.FixedReadings;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A hub with a clock that stands, and two providers to register. */
@Timeout(60)
abstract class HubFixture {
  static final SourceId STUCK = SourceId.parse("stuck:x");
  static final HubConfig PATIENT =
      new HubConfig(Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(60));

  final ManualClock clock = new ManualClock();
  final Instant noon = clock.instant();
  final HubConfig config =
      new HubConfig(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(60));
  final ReadingHub hub = new ReadingHub(config, clock, Nanos.of(clock));
  final FixedReadings garden = new FixedReadings("garden", clock).set("soil", 41, "percent");
  final FixedReadings hall = new FixedReadings("hall", clock).set("temp", 21, "celsius");

  @AfterEach
  void closeHub() {
    hub.close();
  }

  List<String> readAll() {
    return hub.readAll().stream().map(Reading::describe).toList();
  }

  ProviderState state(String type) {
    return hub.states().stream().filter(s -> s.type().equals(type)).findFirst().orElseThrow();
  }

  static void eventually(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait(); // the class has a timeout
    }
  }
}
