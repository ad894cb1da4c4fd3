package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An input whose time a test moves by the millisecond; whoever has a filter looks when it is due.
 */
class InputFilterTest {
  private static final long MS = 1_000_000;

  private final List<InputChange> changes = new ArrayList<>();
  private long begin = Long.MAX_VALUE - 70 * MS; // it may overflow
  private long now = begin;
  private boolean level;
  private boolean told = true;
  private InputFilter filter = filter(20);

  private InputFilter filter(int steady) {
    InputFilter made = new InputFilter(Duration.ofMillis(steady));
    made.begin(false, now);
    return made;
  }

  private void set(boolean high) {
    level = high;
    if (told && !filter.isDeaf()) {
      filter.edge(high, now, now);
    }
  }

  private void pass(int milliseconds) {
    for (int i = 0; i < milliseconds; i++) {
      now += MS;
      if (filter.due() - now <= 0) {
        changes.addAll(filter.look(level, now));
      }
    }
  }

  private InputChange change(boolean on, int afterMilliseconds) {
    return new InputChange(on, begin + afterMilliseconds * MS, "");
  }

  @Nested
  class Debounced {
    @Test
    void aBouncingContactIsOneChangeWithTheTimeOfItsFirstEdge() {
      pass(100);
      for (int i = 0; i < 7; i++) {
        set(i % 2 == 0);
        pass(3);
      }
      pass(16);
      assertThat(changes).isEmpty();
      pass(1);
      assertThat(changes).containsExactly(change(true, 100));
      assertThat(filter.read(now)).isTrue();
      pass(1_000);
      assertThat(changes).hasSize(1);
    }

    @Test
    void aChangeIsNotBeforeTheLastReadThatSaidOtherwise() {
      pass(100);
      set(true);
      pass(5);
      assertThat(filter.read(now)).isFalse();
      pass(20);
      assertThat(changes).containsExactly(change(true, 106));
      assertThat(filter.read(now)).isTrue();
    }

    @Test
    void whatIsTooShortIsNoChange() {
      set(true);
      pass(19);
      set(false);
      pass(1_000);
      assertThat(changes).isEmpty();
    }

    @Test
    void everyPressIsTold() {
      for (int i = 0; i < 10; i++) {
        set(i % 2 == 0);
        pass(40);
      }
      assertThat(changes).hasSize(10).first().isEqualTo(change(true, 0));
      assertThat(changes).last().isEqualTo(change(false, 360));
    }

    @Test
    void aStateWhoseEdgesWereLostIsFoundByLooking() {
      told = false;
      set(true);
      pass(240);
      assertThat(changes).extracting(InputChange::on).containsExactly(true);
      assertThat(filter.takeSuspicion()).isFalse(); // an edge may have been on its way
      set(false);
      pass(240);
      assertThat(changes).extracting(InputChange::on).containsExactly(true, false);
      assertThat(filter.takeSuspicion()).isTrue();
      assertThat(filter.takeSuspicion()).isFalse();
    }

    @Test
    void afterABurstItIsTakenAnewBecauseEdgesMayWaitUnread() {
      for (int i = 0; i < 9; i++) {
        set(i % 2 == 0);
        pass(1);
      }
      pass(10);
      assertThat(filter.takeSuspicion()).isFalse();
      pass(10);
      assertThat(filter.takeSuspicion()).isTrue();
    }

    @Test
    void anEdgeThatIsToldLateIsNotBelievedButLookedAt() {
      level = false;
      filter.edge(true, now - 500 * MS, now);
      assertThat(filter.takeSuspicion()).isTrue();
      pass(100);
      assertThat(changes).isEmpty();
    }
  }

  @Nested
  class NotDebounced {
    @Test
    void eachChangeIsToldAtOnce() {
      filter = filter(0);
      set(true);
      set(false);
      set(true);
      pass(1);
      assertThat(changes).containsExactly(change(true, 0), change(false, 1), change(true, 2));
    }

    @Test
    void aPulseThatIsToldLateIsToldAllTheSame() {
      filter = filter(0);
      pass(500);
      filter.edge(true, begin + 200 * MS, now);
      filter.edge(false, begin + 300 * MS, now);
      pass(1);
      assertThat(changes).containsExactly(change(true, 200), change(false, 300));
    }

    @Test
    void aStateWhoseEdgesWereLostIsFoundByLooking() {
      filter = filter(0);
      told = false;
      set(true);
      pass(200);
      assertThat(changes).extracting(InputChange::on).containsExactly(true);
    }
  }

  @Nested
  class Restless {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20})
    void aFloodSaysOnceThatItIsInDoubtAndIsNotListenedTo(int steady) {
      filter = filter(steady);
      for (int i = 0; i < 60_000; i++) {
        set(i % 2 == 0);
        pass(i % 10 == 0 ? 1 : 0);
      }
      assertThat(changes).filteredOn(change -> !change.doubt().isEmpty()).hasSize(1);
      assertThat(changes).hasSizeLessThanOrEqualTo(InputFilter.MOST_EDGES + 2);
      assertThat(filter.doubt()).contains("200 times in a second");
    }

    @Test
    void whatIsNeverSteadyIsInDoubtAfterFourSeconds() {
      for (int i = 0; i < 410; i++) {
        set(i % 2 == 0);
        pass(10);
      }
      assertThat(changes).extracting(InputChange::doubt).containsExactly("it is never steady");
    }

    @Test
    void whenItIsOverItIsListenedToAgainAndSaysHowItIs() {
      for (int i = 0; i < 300; i++) {
        set(i % 2 == 0);
      }
      pass(1);
      level = true;
      assertThat(filter.takeSuspicion()).isFalse();
      pass(6_000);
      assertThat(filter.takeSuspicion()).isTrue();
      assertThat(filter.doubt()).isEmpty();
      assertThat(changes)
          .last()
          .extracting(InputChange::on, InputChange::doubt)
          .containsExactly(true, "");
      set(false);
      pass(30);
      assertThat(changes).last().extracting(InputChange::on).isEqualTo(false);
    }
  }
}
