package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplicaTest extends ReplicaFixture {
  @Nested
  class Time {
    @Test
    void receivingRaisesTheClockToWhatWasSeen() {
      take(LINE);
      assertThat(replica.self().lamport()).isEqualTo(6);
      assertThat(append("obs.add").header().lamport()).isEqualTo(7);
    }

    @Test
    void aHugeTimestampIsStoredAndNotFollowed() {
      Entry huge = Lines.entry(CHAIN, Point.START, EntryHeader.LIMIT - 1, "obs.add", "{}");
      assertThat(take(List.of(huge))).isEqualTo(new Verdict.Ok());
      assertThat(append("obs.add").header().lamport()).isEqualTo(1);
    }

    @Test
    void nobodyIsFollowedOverAJump() {
      Entry far = Lines.entry(CHAIN, Point.START, LamportClock.FARTHEST_JUMP + 1, "obs.add", "{}");
      Entry near = Lines.entry(Lines.chain(3), Point.START, 1_000, "obs.add", "{}");
      take(List.of(far));
      take(List.of(near));
      assertThat(replica.self().lamport()).isEqualTo(1_000);
    }

    @Test
    void nobodyIsFollowedBeyondHalfTheRangeInHoweverManySteps() {
      List<Entry> steps = new ArrayList<>();
      Point before = Point.START;
      for (long i = 1; i < 2_000; i++) {
        Entry step = Lines.entry(CHAIN, before, i * LamportClock.FARTHEST_JUMP, "obs.add", "{}");
        steps.add(step);
        before = Points.of(step);
      }
      take(steps);
      assertThat(replica.self().lamport()).isLessThan(LamportClock.FOLLOWED);
      assertThat(append("obs.add").header().lamport()).isLessThan(LamportClock.FOLLOWED);
    }
  }

  @Nested
  class Identity {
    @Test
    void entriesOfMyOriginThatIDoNotHoldEndMyIncarnation() {
      append("obs.add");
      InMemoryLogStore backup = store.copy();
      Entry forgotten = append("obs.add");
      Replica rewound = new Replica(backup, "one", Lines.freshIds());
      rewound.takeIn(List.of(Run.of(List.of(forgotten))), Long.MAX_VALUE, Lines.NOW);
      assertThat(rewound.self().origin()).isNotEqualTo(Lines.replicaId(1));
      assertThat(rewound.self().incarnation()).isEqualTo(2);
      ChainId control = new ChainId(rewound.self().origin(), ChainId.CONTROL);
      Entry genesis = backup.entries(control, Branch.TRUNK, 0, 1).get(0);
      assertThat(genesis.header().type()).isEqualTo("ctl.genesis");
      assertThat(new String(genesis.payload().orElseThrow(), StandardCharsets.UTF_8))
          .contains("\"peer-ahead\"", Lines.replicaId(1).hex());
      Entry next =
          rewound
              .append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW)
              .get(0);
      assertThat(next.header().seq()).isEqualTo(1);
      assertThat(next.header().lamport()).isGreaterThan(forgotten.header().lamport());
    }

    @Test
    void afterContactNothingIsWrittenAsBeforeThoughTheDiskWasFull() {
      append("obs.add");
      Frontier known = replica.frontier();
      boolean[] full = {true};
      InMemoryLogStore empty = Lines.store(1);
      LogStoreAround disk =
          new LogStoreAround(empty) {
            @Override
            public boolean commit(Change change) {
              if (full[0]) {
                throw new JournalException("disk", "is full", true);
              }
              return super.commit(change);
            }
          };
      Replica rewound = new Replica(disk, "one", Lines.freshIds());
      assertThatThrownBy(() -> rewound.notice(known, Lines.NOW))
          .isInstanceOf(JournalException.class);
      full[0] = false;
      rewound.append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
      assertThat(empty.chains().keySet()).noneMatch(c -> c.origin().equals(Lines.replicaId(1)));
    }

    @Test
    void myOwnEntriesComingBackChangeNothing() {
      Entry mine = append("obs.add");
      assertThat(take(List.of(mine))).isEqualTo(new Verdict.Dup());
      assertThat(replica.self().incarnation()).isEqualTo(1);
    }
  }

  @Nested
  class Contending {
    /** Another process commits first, so many times. */
    private final class Contended extends LogStoreAround {
      private int failures;

      Contended(int failures) {
        super(store);
        this.failures = failures;
      }

      @Override
      public boolean commit(Change change) {
        return failures-- <= 0 && super.commit(change);
      }
    }

    @Test
    void decidesAnewWhenAnotherProcessWasFaster() {
      Replica second = new Replica(new Contended(3), "one", Lines.freshIds());
      assertThat(second.takeIn(List.of(Run.of(LINE)), Long.MAX_VALUE, Lines.NOW))
          .containsExactly(new Verdict.Ok());
    }

    @Test
    void givesUpInTheEnd() {
      Replica second = new Replica(new Contended(1_000), "one", Lines.freshIds());
      assertThat(second.takeIn(List.of(Run.of(LINE)), Long.MAX_VALUE, Lines.NOW))
          .allMatch(Verdict.Busy.class::isInstance);
      assertThatThrownBy(
              () ->
                  second.append(
                      ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW))
          .isInstanceOf(JournalException.class);
    }
  }
}
