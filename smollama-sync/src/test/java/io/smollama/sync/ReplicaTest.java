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
import java.util.Set;
import java.util.SortedMap;
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

  /** Another process appends between the reads that a decision is made from. */
  private final class Interrupted extends LogStoreAround {
    private boolean armed = true;

    Interrupted() {
      super(store);
    }

    @Override
    public ChainState chain(ChainId chain) {
      interrupt();
      return super.chain(chain);
    }

    @Override
    public SortedMap<ChainId, ChainState> states(Set<ChainId> chains) {
      interrupt();
      return super.states(chains);
    }

    private void interrupt() {
      if (armed) {
        armed = false;
        append("obs.add");
        replica.append(ChainId.CONTROL, List.of(new NewEntry("ctl.clock", "{}")), Lines.NOW);
      }
    }
  }

  @Test
  void lamportTimestampsRiseAlongAChainThatAnotherProcessJustAppendedTo() {
    Replica second = new Replica(new Interrupted(), "one", Lines.freshIds());
    NewEntry entry = new NewEntry("obs.add", "{}");
    Entry written = second.append(ChainId.KNOWLEDGE, List.of(entry), Lines.NOW).get(0);
    assertThat(written.header().seq()).isEqualTo(2);
    assertThat(written.header().lamport()).isEqualTo(3);
  }

  @Test
  void aTruncationIsLaterThanWhatAnotherProcessJustDeclared() {
    for (int i = 0; i < 3; i++) {
      replica.append(ChainId.READINGS, List.of(new NewEntry("reading.batch", "[]")), Lines.NOW);
    }
    Replica second = new Replica(new Interrupted(), "one", Lines.freshIds());
    assertThat(second.truncate(ChainId.READINGS, 3, Lines.NOW)).isTrue();
    ChainId control = new ChainId(store.self().origin(), ChainId.CONTROL);
    assertThat(store.entries(control, Branch.TRUNK, 0, 9))
        .extracting(one -> one.header().lamport())
        .containsExactly(5L, 6L);
  }

  @Test
  void aChainThatAnotherProcessSplitsWhileItIsReadIsToComeAgain() {
    take(LINE);
    List<Entry> third = Lines.fork(LINE, 2, 1, "third");
    LogStoreAround interrupted =
        new LogStoreAround(store) {
          private int reads;

          @Override
          public List<Entry> entries(ChainId chain, String label, long after, int limit) {
            if (after == 2 && ++reads == 2) { // The place of the fork has been found by then.
              take(Lines.fork(LINE, 1, 1, "other"));
            }
            return super.entries(chain, label, after, limit);
          }
        };
    Replica second = new Replica(interrupted, "one", Lines.freshIds());
    assertThat(second.takeIn(List.of(Run.of(third)), Long.MAX_VALUE, Lines.NOW))
        .containsExactly(new Verdict.Busy(Limits.RETRY));
    assertThat(second.takeIn(List.of(Run.of(third)), Long.MAX_VALUE, Lines.NOW))
        .containsExactly(new Verdict.Fork());
  }
}
