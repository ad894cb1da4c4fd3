package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.readings.ProviderState.Health;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class HangingProviderTest extends HubFixture {
  private final StuckReadings stuck = new StuckReadings();

  @Test
  void doesNotHideTheOthersAndSaysSinceWhen() {
    hub.register(stuck);
    hub.register(hall);
    assertThat(readAll()).containsExactly("hall:temp 21 °C");
    clock.advance(Duration.ofMinutes(5));
    assertThat(state("stuck"))
        .isEqualTo(
            new ProviderState(
                "stuck", Health.HANGING, Optional.of(noon), 1, "no answer within 500 ms", 1));
    assertThat(hub.sources()).hasSize(2);
  }

  @Test
  void getsNoFurtherWork() {
    hub.register(stuck);
    hub.register(hall);
    hub.readAll();
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(2));
      assertThat(readAll()).containsExactly("hall:temp 21 °C");
    }
    stuck.release.countDown();
    eventually(() -> state("stuck").health() != Health.HANGING);
    assertThat(stuck.reads).hasValue(1);
  }

  @Test
  void isNotWaitedForAgain() throws Exception {
    ProviderHealth health = new ProviderHealth("stuck", PATIENT, clock, Nanos.of(clock));
    ProviderThread thread = new ProviderThread("stuck", stuck, health);
    ProviderLane lane =
        new ProviderLane("stuck", PATIENT.deadline(), health, thread, Conditioning.none());
    CompletableFuture<List<Reading>> pass = lane.startPass(source -> true).orElseThrow();
    stuck.entered.await();
    lane.giveUp(pass);
    clock.advance(Duration.ofMinutes(2));
    assertThat(lane.startPass(source -> true)).isEmpty();
    assertThatThrownBy(() -> lane.read(STUCK)).hasMessageContaining("still hangs");
    lane.close().get();
  }

  @Test
  void failsWhenItComesBackLateAndIsWellAfterTheNextPass() {
    hub.register(stuck);
    hub.readAll();
    stuck.release.countDown();
    eventually(() -> state("stuck").health() != Health.HANGING);
    assertThat(state("stuck").health()).isEqualTo(Health.FAILING);
    clock.advance(Duration.ofSeconds(1));
    assertThat(readAll()).containsExactly("stuck:x 1");
    assertThat(state("stuck").health()).isEqualTo(Health.OK);
  }

  @Test
  void isInterruptedAndClosedByItsOwnThreadWhenTheHubCloses() {
    hub.register(stuck);
    hub.readAll();
    hub.close();
    assertThat(stuck.interrupted).isTrue();
    assertThat(stuck.closes).hasValue(1);
    assertThat(stuck.closedWithin).isFalse();
  }

  @Test
  void isLeftAtOnceByAnInterruptedCaller() throws Exception {
    StuckReadings stuck = new StuckReadings();
    try (ReadingHub patient = new ReadingHub(PATIENT, clock, Nanos.of(clock))) {
      patient.register(stuck);
      FutureTask<Boolean> readsAll =
          new FutureTask<>(
              () -> {
                patient.readAll();
                return Thread.currentThread().isInterrupted();
              });
      Thread caller = new Thread(readsAll);
      caller.start();
      stuck.entered.await();
      caller.interrupt();
      assertThat(readsAll.get()).as("keeps its interrupt").isTrue();
      assertThat(patient.states()).extracting(ProviderState::health).containsExactly(Health.OK);
    }
  }
}
