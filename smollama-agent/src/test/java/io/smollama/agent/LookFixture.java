package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.Observation;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ScriptedChatModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Three days of a processor at 50 degrees, which is at 62 now, and a model that is scripted. */
abstract class LookFixture {
  @TempDir private Path folder;
  final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  final ScriptedChatModel model = new ScriptedChatModel();
  MemoryStore store;
  NodeMeans means;
  ModelObserver observer;

  @BeforeEach
  void open() {
    store = TestStore.open(folder, clock);
    means = NodeMeans.looking(store, Optional.empty(), clock, ZoneOffset.UTC);
    observer = new ModelObserver(means, model);
    List<Reading> past = new ArrayList<>();
    Instant now = clock.instant();
    for (int minute = 3 * 24 * 60; minute > 0; minute--) {
      Instant then = now.minus(Duration.ofMinutes(minute));
      past.add(Reading.of("system:cpu_temp", 48 + minute % 5, "celsius", then));
    }
    store.readings().appendNow(past);
    say("system:cpu_temp", 62, "celsius");
    say("system:load_avg", 0.4, "load");
  }

  @AfterEach
  void close() {
    store.close();
  }

  void say(String source, double number) {
    say(source, number, "");
  }

  void say(String source, double number, String unit) {
    store.readings().appendNow(List.of(Reading.of(source, number, unit, clock.instant())));
  }

  Look look(String answer) {
    model.says(answer);
    return observer.look();
  }

  List<Observation> notes() {
    return store.observations(Optional.empty(), Instant.EPOCH, 100);
  }
}
