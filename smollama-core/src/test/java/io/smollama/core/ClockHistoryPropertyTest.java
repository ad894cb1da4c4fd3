package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.TimeCertainty.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockHistoryPropertyTest {
  private static final int MACHINES = 3_000;

  @Test
  void theTruthIsWithinTheBounds() {
    Map<Kind, Integer> met = new EnumMap<>(Kind.class);
    for (int seed = 0; seed < MACHINES; seed++) {
      SimulatedMachine machine = lived(seed);
      ClockHistory history = ClockHistory.of(machine.marks);
      for (SimulatedMachine.Written entry : machine.written) {
        Optional<DatedTime> dated = history.at(entry.clock().boot(), entry.clock().mono());
        if (dated.isPresent()) {
          met.merge(dated.get().certainty().kind(), 1, Integer::sum);
          assertThat(dated.get().allows(entry.truth()))
              .as("seed %d: %s is %s", seed, entry, dated.get())
              .isTrue();
        }
      }
    }
    assertThat(met).containsKeys(Kind.ESTIMATED, Kind.AFTER, Kind.BEFORE);
  }

  /**
   * In a boot estimates themselves rise; across a restart their bounds leave room for the order.
   */
  @Test
  void noEstimateContradictsTheOrderInWhichEntriesWereWritten() {
    for (int seed = 0; seed < MACHINES; seed++) {
      SimulatedMachine machine = lived(seed);
      ClockHistory history = ClockHistory.of(machine.marks);
      Instant latest = Instant.MIN;
      Instant noEarlier = Instant.MIN;
      long boot = 0;
      for (SimulatedMachine.Written entry : machine.written) {
        Optional<DatedTime> dated = history.at(entry.clock().boot(), entry.clock().mono());
        latest = boot == entry.clock().boot() ? latest : Instant.MIN;
        boot = entry.clock().boot();
        if (dated.isPresent() && dated.get().certainty().kind() == Kind.ESTIMATED) {
          assertThat(dated.get().time().orElseThrow()).as("seed %d", seed).isAfterOrEqualTo(latest);
          latest = dated.get().time().orElseThrow();
        }
        Optional<Instant> until = dated.flatMap(DatedTime::latest);
        if (until.isPresent()) {
          assertThat(until.get()).as("seed %d", seed).isAfterOrEqualTo(noEarlier);
        }
        Optional<Instant> from = dated.flatMap(DatedTime::earliest);
        noEarlier = from.filter(noEarlier::isBefore).orElse(noEarlier);
      }
    }
  }

  @Test
  void whatIsShownIsRightWhereTheClockIsKnownToBeWrong() {
    for (int seed = 0; seed < MACHINES; seed++) {
      SimulatedMachine machine = lived(seed);
      ClockHistory history = ClockHistory.of(machine.marks);
      for (SimulatedMachine.Written entry : machine.written) {
        DatedTime dated = history.date(entry.wall(), entry.clock());
        if (dated.certainty().kind() != Kind.STATED || dated.certainty().within().isPresent()) {
          assertThat(dated.allows(entry.truth())).as("seed %d: %s %s", seed, entry, dated).isTrue();
        }
      }
    }
  }

  @Test
  void theOrderAndTheRepetitionOfMarksMeanNothing() {
    for (int seed = 0; seed < 200; seed++) {
      SimulatedMachine machine = lived(seed);
      List<ClockMark> shuffled = new ArrayList<>(machine.marks);
      shuffled.addAll(machine.marks.subList(0, machine.marks.size() / 2));
      Collections.shuffle(shuffled, new Random(seed));
      ClockHistory history = ClockHistory.of(machine.marks);
      ClockHistory other = ClockHistory.of(shuffled);
      for (SimulatedMachine.Written entry : machine.written) {
        assertThat(other.date(entry.wall(), entry.clock()))
            .isEqualTo(history.date(entry.wall(), entry.clock()));
      }
    }
  }

  @Test
  void marksThatLieStillGiveAnEstimate() {
    for (int seed = 0; seed < MACHINES; seed++) {
      Random random = new Random(seed);
      SimulatedMachine machine = lived(seed);
      List<ClockMark> marks = new ArrayList<>(machine.marks);
      for (int i = 0; i < 5; i++) {
        marks.add(
            new ClockMark(
                random.nextInt(6),
                random.nextLong(1L << 53),
                Instant.ofEpochMilli(random.nextLong(-(1L << 53), 1L << 53)),
                Duration.ofMillis(random.nextLong(86_400_000)),
                random.nextBoolean()));
      }
      ClockHistory history = ClockHistory.of(marks);
      for (SimulatedMachine.Written entry : machine.written) {
        DatedTime dated = history.date(entry.wall(), entry.clock());
        assertThat(dated.time()).isPresent();
        assertThat(dated.certainty().within().filter(Duration::isNegative)).isEmpty();
      }
    }
  }

  private static SimulatedMachine lived(int seed) {
    SimulatedMachine machine = new SimulatedMachine(new Random(seed));
    machine.live(60);
    return machine;
  }
}
