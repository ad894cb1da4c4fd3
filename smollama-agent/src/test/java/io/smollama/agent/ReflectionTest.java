package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChatException;
import io.smollama.core.SourceId;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Observation;
import io.smollama.memory.Provenance;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReflectionTest extends LookFixture {
  private static final String NOTHING = "{\"observations\":[],\"memories\":[]}";

  private final List<Observation> heard = new ArrayList<>();
  private long nanos;

  @Test
  void aModelLooksWhenSomethingChangedAndThenWhatIsNotedIsTold() {
    Reflection reflection = reflection(ObserverConfig.Use.AUTO);
    model.says("[{\"text\":\"CPU temperature is 62 °C.\",\"type\":\"anomaly\"}]").says(NOTHING);
    minutes(reflection, 14);
    assertThat(model.asked()).isEmpty();
    minutes(reflection, 1);
    assertThat(heard).extracting(Observation::text).containsExactly("CPU temperature is 62 °C.");
    minutes(reflection, 40);
    assertThat(model.asked()).as("nothing changed").hasSize(1);
    say("system:cpu_temp", 50, "celsius");
    minutes(reflection, 60);
    assertThat(model.asked()).hasSize(2);
    assertThat(reflection.says())
        .startsWith("a model looks every ")
        .contains("2 of 24 looks today", "0 noted, 0 remembered, 0 refused");
  }

  @Test
  void aHotMachineWaits() {
    say("system:cpu_temp", 80, "celsius");
    Reflection reflection = reflection(ObserverConfig.Use.AUTO);
    model.says(NOTHING);
    minutes(reflection, 59);
    assertThat(model.asked()).isEmpty();
    minutes(reflection, 1);
    assertThat(model.asked()).hasSize(1);
  }

  @Test
  void switchedOffNoModelLooksButForAPerson() {
    Reflection reflection = reflection(ObserverConfig.Use.OFF);
    model.says(NOTHING);
    minutes(reflection, 300);
    assertThat(model.asked()).isEmpty();
    assertThat(reflection.says()).isEqualTo("no model looks by itself");
    assertThat(reflection.lookNow().outcome()).isEqualTo(Look.Outcome.NOTHING);
  }

  @Test
  void failuresInARowShow() {
    Reflection reflection = reflection(ObserverConfig.Use.AUTO);
    for (int i = 0; i < 3; i++) {
      assertThat(reflection.isFailing()).isFalse();
      model.fails(new ChatException("scripted:1", "it burst", true)).says(NOTHING);
      reflection.lookNow();
      if (i < 2) {
        model.chat(model.asked().get(0));
      }
    }
    assertThat(reflection.isFailing()).isTrue();
    assertThat(reflection.says()).contains("looks every 2 h", "failed: ", "it burst");
    reflection.lookNow();
    assertThat(reflection.isFailing()).isFalse();
  }

  @Test
  void twoLooksAreNotTakenAtOnce() throws Exception {
    Reflection reflection = reflection(ObserverConfig.Use.AUTO);
    CountDownLatch noted = new CountDownLatch(1);
    CountDownLatch seen = new CountDownLatch(1);
    reflection.listen(
        observation -> {
          noted.countDown();
          try {
            assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    model.says("[{\"text\":\"All is quiet here\"}]").says(NOTHING);
    Thread other = new Thread(reflection::lookNow);
    other.start();
    assertThat(noted.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(reflection.lookNow().outcome()).isEqualTo(Look.Outcome.BUSY);
    reflection.tick();
    seen.countDown();
    other.join();
    assertThat(model.asked()).hasSize(1);
  }

  @Test
  void onceADayClaimsAreTestedWithoutAModel() {
    LocalDate before = LocalDate.parse("2026-02-25");
    ReadingClaim claim =
        ReadingClaim.daily(
            SourceId.parse("system:cpu_temp"), ReadingClaim.Statistic.MAX, 10, 40, before);
    store.remember(claim.attachedTo(new NewMemory("It stays cool", 0.6, Provenance.MODEL)));
    Reflection reflection = reflection(ObserverConfig.Use.OFF);
    reflection.tick();
    assertThat(heard).hasSize(1).first().asString().contains("is refuted: max was 52 °C");
    clock.advance(Duration.ofDays(1));
    minutes(reflection, 24 * 60 - 1);
    assertThat(heard).hasSize(1);
    minutes(reflection, 1);
    assertThat(heard).hasSize(2);
    assertThat(store.memories(5)).isEmpty();
    assertThat(reflection.says())
        .endsWith("; claims of facts: 0 hold, 1 do not, 0 cannot be tested");
  }

  private Reflection reflection(ObserverConfig.Use use) {
    ObserverConfig usual = ObserverConfig.defaults();
    Reflection reflection =
        new Reflection(
            observer,
            new ClaimCheck(store, "pi", AgentConfig.defaults(), clock, means.zone()),
            new ObserverConfig(
                use, usual.shortestInterval(), usual.longestInterval(), usual.looksPerDay()),
            means,
            () -> nanos);
    reflection.listen(heard::add);
    return reflection;
  }

  private void minutes(Reflection reflection, int count) {
    for (int minute = 0; minute < count; minute++) {
      nanos += Duration.ofMinutes(1).toNanos();
      reflection.tick();
    }
  }
}
