package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Push;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TakingInTest extends ReplicaFixture {
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
}
