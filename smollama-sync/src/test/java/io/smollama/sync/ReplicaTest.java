package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Push;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private static final ChainId CHAIN = Lines.chain(2);
  private static final List<Entry> LINE = Lines.line(CHAIN, 6);

  private final InMemoryLogStore store = Lines.store(1);
  private final Replica replica = new Replica(store, "one", Lines.freshIds());

  @Nested
  class Taking {
    @Test
    void appendsTheLongestNewSuffix() {
      assertThat(take(LINE.subList(0, 3))).isEqualTo(new Verdict.Ok());
      assertThat(take(LINE.subList(1, 5))).isEqualTo(new Verdict.Ok());
      assertThat(held(Branch.TRUNK)).isEqualTo(LINE.subList(0, 5));
    }

    @Test
    void changesNothingTheSecondTime() {
      take(LINE);
      Self before = replica.self();
      assertThat(take(LINE.subList(2, 4))).isEqualTo(new Verdict.Dup());
      assertThat(replica.self()).isEqualTo(before);
      assertThat(held(Branch.TRUNK)).isEqualTo(LINE);
    }

    @Test
    void asksForWhatIsMissing() {
      take(LINE.subList(0, 2));
      assertThat(take(LINE.subList(3, 6))).isEqualTo(new Verdict.Gap(3));
      assertThat(held(Branch.TRUNK)).hasSize(2);
    }

    @Test
    void answersEachRunOfAPush() {
      List<Entry> other = Lines.line(Lines.chain(3), 2);
      var reply =
          replica.answer(
              new Push(
                  List.of(
                      Run.of(LINE.subList(0, 2)),
                      Run.of(other.subList(1, 2)),
                      Run.of(LINE.subList(2, 4)))),
              Long.MAX_VALUE,
              Lines.NOW);
      assertThat(reply.verdicts())
          .containsExactly(new Verdict.Ok(), new Verdict.Gap(1), new Verdict.Ok());
      assertThat(reply.held().tips(CHAIN).heads()).containsExactly(Points.of(LINE.get(3)));
      assertThat(reply.held().tips(Lines.chain(3))).isEqualTo(Tips.NONE);
    }

    @Test
    void keepsUnknownStreamsTypesAndFlags() {
      ChainId later = new ChainId(Lines.replicaId(2), 200);
      Entry odd = Lines.entry(later, Point.START, 1, "zz.unheard-of", "[1]");
      assertThat(take(List.of(odd))).isEqualTo(new Verdict.Ok());
      assertThat(store.entries(later, Branch.TRUNK, 0, 9)).containsExactly(odd);
    }

    @Test
    void takesNoMoreThanTheCredit() {
      int size = LINE.get(0).size();
      List<Run> runs = List.of(Run.of(LINE.subList(0, 2)), Run.of(LINE.subList(2, 6)));
      List<Verdict> verdicts = replica.takeIn(runs, 3L * size, Lines.NOW);
      assertThat(verdicts.get(0)).isEqualTo(new Verdict.Ok());
      assertThat(verdicts.get(1)).isInstanceOf(Verdict.Busy.class);
      assertThat(verdicts.get(1).acknowledges()).isFalse();
      assertThat(held(Branch.TRUNK)).hasSize(2);
    }
  }

  @Nested
  class Refusing {
    @Test
    void keepsWhatIsSoundBeforeTheFaultAndQuarantinesTheRest() {
      List<Entry> broken = new ArrayList<>(LINE.subList(0, 2));
      broken.addAll(LINE.subList(3, 6));
      assertThat(take(broken)).isEqualTo(new Verdict.BadHash());
      assertThat(held(Branch.TRUNK)).isEqualTo(LINE.subList(0, 2));
      assertThat(store.quarantine())
          .containsExactly(new Quarantined(CHAIN, 4, Quarantined.Code.UNCHAINED));
    }

    @Test
    void aDamagedRunIsNotAcknowledged() {
      Run damaged = new Run(CHAIN, LINE.subList(0, 3), true);
      assertThat(replica.takeIn(List.of(damaged, damaged), Long.MAX_VALUE, Lines.NOW))
          .allMatch(Verdict.BadHash.class::isInstance);
      assertThat(held(Branch.TRUNK)).hasSize(3);
      Run nothingLeft = new Run(CHAIN, List.of(), true);
      assertThat(replica.takeIn(List.of(nothingLeft), Long.MAX_VALUE, Lines.NOW))
          .containsExactly(new Verdict.BadHash());
    }

    @Test
    void lamportMustRiseAlongTheChain() {
      take(LINE.subList(0, 2));
      Entry back = Lines.entry(CHAIN, Points.of(LINE.get(1)), 2, "obs.add", "{}");
      assertThat(take(List.of(back))).isEqualTo(new Verdict.BadHash());
      assertThat(store.quarantine()).hasSize(1);
      assertThat(take(LINE.subList(2, 6))).isEqualTo(new Verdict.Ok());
    }

    @Test
    void theFirstEntryFollowsNothing() {
      Entry odd = Lines.entry(CHAIN, 1, LINE.get(0).id(), 1, "obs.add", "{}");
      assertThat(take(List.of(odd))).isEqualTo(new Verdict.BadHash());
    }

    @Test
    void aChainHasNoMoreThanSoManyBranches() {
      take(LINE);
      for (int i = 0; i < Limits.BRANCHES + 20; i++) {
        take(Lines.fork(LINE, 3, 1, "x" + i + "-"));
      }
      assertThat(store.chain(CHAIN).branches()).hasSize(Limits.BRANCHES);
      assertThat(store.quarantine())
          .extracting(Quarantined::code)
          .containsOnly(Quarantined.Code.BRANCHES);
      Entry next = Lines.entry(CHAIN, Points.of(LINE.get(5)), 7, "obs.add", "{}");
      assertThat(take(List.of(next))).isEqualTo(new Verdict.Ok());
    }

    @Test
    void quarantineIsBounded() {
      for (int i = 0; i < Limits.QUARANTINED + 5; i++) {
        replica.takeIn(List.of(new Run(CHAIN, List.of(), true)), Long.MAX_VALUE, Lines.NOW);
      }
      assertThat(store.quarantine()).hasSize(Limits.QUARANTINED);
    }
  }

  @Nested
  class Forking {
    private final List<Entry> other = Lines.fork(LINE, 3, 4, "other");

    @Test
    void keepsBothLines() {
      take(LINE);
      assertThat(take(other)).isEqualTo(new Verdict.Fork());
      assertThat(held(Branch.TRUNK)).isEqualTo(LINE.subList(0, 3));
      assertThat(held(LINE.get(3).id().hex())).isEqualTo(LINE.subList(3, 6));
      assertThat(held(other.get(0).id().hex())).isEqualTo(other);
      assertThat(replica.frontier().tips(CHAIN).heads())
          .containsExactlyInAnyOrder(Points.of(LINE.get(5)), Points.of(other.get(3)));
    }

    @Test
    void labelsAlikeWhicheverCameFirst() {
      List<List<Entry>> runs = new ArrayList<>();
      runs.add(LINE);
      runs.add(join(LINE.subList(0, 3), other));
      runs.add(join(join(LINE.subList(0, 3), other.subList(0, 2)), Lines.fork(other, 2, 2, "b")));
      runs.add(Lines.fork(LINE, 0, 2, "root"));
      runs.add(join(LINE.subList(0, 3), Lines.fork(LINE, 3, 1, "third")));
      runs.forEach(ReplicaTest.this::take);
      for (int turn = 0; turn < 5; turn++) {
        Collections.rotate(runs, 1);
        assertAlike(runs);
        Collections.reverse(runs);
        assertAlike(runs);
      }
    }

    private void assertAlike(List<List<Entry>> runs) {
      InMemoryLogStore another = Lines.store(9);
      Replica second = new Replica(another, "nine", Lines.freshIds());
      runs.forEach(run -> second.takeIn(List.of(Run.of(run)), Long.MAX_VALUE, Lines.NOW));
      assertThat(another.chains()).isEqualTo(store.chains());
      for (Branch branch : store.chain(CHAIN).branches()) {
        assertThat(another.line(another.chain(CHAIN), branch)).isEqualTo(held(branch.label()));
      }
    }

    @Test
    void askedFartherBackUntilTheLinesMeet() {
      List<Entry> mine = Lines.line(CHAIN, 100);
      List<Entry> theirs = join(mine.subList(0, 40), Lines.fork(mine, 40, 60, "theirs"));
      take(mine);
      long from = 100;
      Verdict verdict = take(theirs.subList(99, 100));
      int asked = 0;
      while (verdict instanceof Verdict.Gap gap) {
        assertThat(gap.expect()).isLessThan(from).isPositive();
        from = gap.expect();
        verdict = take(theirs.subList((int) from - 1, 100));
        asked++;
      }
      assertThat(verdict).isEqualTo(new Verdict.Fork());
      assertThat(asked).isLessThan(10);
    }
  }

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
  class Truncating {
    private final ChainId readings = new ChainId(Lines.replicaId(1), ChainId.READINGS);
    private final Replica peer = Lines.replica(5);

    @Test
    void whatWasCutDoesNotComeBack() {
      List<Entry> all = readings(6);
      assertThat(replica.truncate(ChainId.READINGS, 5, Lines.NOW)).isTrue();
      assertThat(replica.truncate(ChainId.READINGS, 5, Lines.NOW)).isFalse();
      assertThat(take(all.subList(0, 3))).isEqualTo(new Verdict.Truncated(5));
      assertThat(take(all)).isEqualTo(new Verdict.Dup());
      assertThat(store.entries(readings, Branch.TRUNK, 0, 9)).isEqualTo(all.subList(4, 6));
    }

    @Test
    void theLastEntryStaysSoThatANewcomerLearnsHowFarTheChainGoes() {
      readings(3);
      assertThat(replica.truncate(ChainId.READINGS, 4, Lines.NOW)).isFalse();
      assertThat(replica.truncate(ChainId.READINGS, 3, Lines.NOW)).isTrue();
      assertThat(store.entries(readings, Branch.TRUNK, 0, 9)).hasSize(1);
    }

    @Test
    void aNewcomerBeginsAtTheMark() {
      List<Entry> all = readings(6);
      replica.truncate(ChainId.READINGS, 5, Lines.NOW);
      Run rest = Run.of(all.subList(4, 6));
      assertThat(peer.takeIn(List.of(rest), Long.MAX_VALUE, Lines.NOW))
          .containsExactly(new Verdict.Gap(1));
      ChainId control = new ChainId(Lines.replicaId(1), ChainId.CONTROL);
      Run marks = Run.of(store.entries(control, Branch.TRUNK, 0, 9));
      assertThat(peer.takeIn(List.of(marks, rest), Long.MAX_VALUE, Lines.NOW))
          .containsExactly(new Verdict.Ok(), new Verdict.Ok());
      assertThat(peer.frontier()).isEqualTo(replica.frontier());
    }

    @Test
    void aForkFromWhatIsGoneIsRefusedSinceNobodyCanCheckIt() {
      List<Entry> all = readings(6);
      replica.truncate(ChainId.READINGS, 5, Lines.NOW);
      Entry beside = Lines.entry(readings, Points.of(all.get(3)), 1, "reading.batch", "[0]");
      assertThat(take(List.of(beside))).isEqualTo(new Verdict.Truncated(5));
    }

    @Test
    void aPeerDropsWhatTheOriginDeclaredAndNoMore() {
      List<Entry> all = readings(6);
      peer.takeIn(List.of(Run.of(all)), Long.MAX_VALUE, Lines.NOW);
      assertThat(peer.drop(readings)).isFalse();
      replica.truncate(ChainId.READINGS, 5, Lines.NOW);
      ChainId control = new ChainId(Lines.replicaId(1), ChainId.CONTROL);
      peer.takeIn(
          List.of(Run.of(store.entries(control, Branch.TRUNK, 0, 9))), Long.MAX_VALUE, Lines.NOW);
      assertThat(peer.drop(readings)).isTrue();
      assertThat(peer.frontier()).isEqualTo(replica.frontier());
    }

    @Test
    void knowledgeIsNeverCut() {
      assertThatThrownBy(() -> replica.truncate(ChainId.KNOWLEDGE, 1, Lines.NOW))
          .isInstanceOf(IllegalArgumentException.class);
      take(LINE);
      String mark = "{\"stream\":1,\"seq\":3,\"id\":\"%s\"}".formatted(LINE.get(2).id());
      ChainId control = new ChainId(CHAIN.origin(), ChainId.CONTROL);
      take(List.of(Lines.entry(control, Point.START, 9, "ctl.trunc", mark)));
      assertThat(replica.drop(CHAIN)).isFalse();
    }

    @Test
    void aTruncationIsDeclaredAndNotAppended() {
      List<NewEntry> mark = List.of(new NewEntry("ctl.trunc", "{}"));
      assertThatThrownBy(() -> replica.append(ChainId.CONTROL, mark, Lines.NOW))
          .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Entry> readings(int count) {
      List<Entry> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.addAll(
            replica.append(
                ChainId.READINGS, List.of(new NewEntry("reading.batch", "[]")), Lines.NOW));
      }
      return all;
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
      if (armed) {
        armed = false;
        append("obs.add");
        replica.append(ChainId.CONTROL, List.of(new NewEntry("ctl.clock", "{}")), Lines.NOW);
      }
      return super.chain(chain);
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

  private Verdict take(List<Entry> entries) {
    return replica.takeIn(List.of(Run.of(entries)), Long.MAX_VALUE, Lines.NOW).get(0);
  }

  private Entry append(String type) {
    return replica.append(ChainId.KNOWLEDGE, List.of(new NewEntry(type, "{}")), Lines.NOW).get(0);
  }

  private List<Entry> held(String label) {
    return store.entries(CHAIN, label, 0, 1_000);
  }

  private static List<Entry> join(List<Entry> first, List<Entry> second) {
    List<Entry> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
