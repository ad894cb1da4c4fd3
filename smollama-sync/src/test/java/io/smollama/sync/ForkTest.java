package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkTest extends ReplicaFixture {
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
    runs.forEach(this::take);
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
