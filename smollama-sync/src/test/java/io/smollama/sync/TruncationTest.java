package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruncationTest extends ReplicaFixture {
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
