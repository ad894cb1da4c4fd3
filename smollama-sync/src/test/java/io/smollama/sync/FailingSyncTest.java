package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.SyncException.Fault;
import io.smollama.testkit.SyncPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingSyncTest extends SynchronizerFixture {
  @Test
  void saysWhatIsWrongSinceWhenAndStopsSayingSo() {
    Synchronizer synchronizer = synchronizer();
    SyncPeer good = peer;
    failing(Fault.UNREACHABLE);
    synchronizer.meet();
    clock.advance(Duration.ofHours(2));
    synchronizer.meet();
    SyncStatus.Failure failure = synchronizer.status().failure().orElseThrow();
    assertThat(failure.words()).contains("in plain words").hasLineCount(1);
    assertThat(failure.since()).isEqualTo(clock.instant().minus(Duration.ofHours(2)));
    assertThat(failure.attempts()).isEqualTo(2);
    assertThat(failure.needsMending()).isFalse();
    assertThat(synchronizer.status().lastSuccess()).isEmpty();
    assertThat(synchronizer.status().next()).isPresent();
    peer = good;
    synchronizer.meet();
    assertThat(synchronizer.status().failure()).isEmpty();
    assertThat(synchronizer.status().lastSuccess()).contains(clock.instant());
  }

  @Test
  void aRevokedNodeNeedsMendingAndTriesRarely() {
    peer = new ServicePeer(service, "revoked");
    Synchronizer synchronizer = synchronizer();
    synchronizer.meet();
    SyncStatus status = synchronizer.status();
    assertThat(status.failure().orElseThrow().needsMending()).isTrue();
    assertThat(status.failure().orElseThrow().words()).contains("the token of 'a' was revoked");
    Duration wait = Duration.between(clock.instant(), status.next().orElseThrow());
    assertThat(wait).isGreaterThan(Duration.ofMinutes(7));
  }

  @Test
  void aUsedUpShareIsToldAndTheRestComesLater() {
    write(node, ChainId.READINGS, 1_000, "{}");
    credits.reserve("a", (1L << 40) - 100_000);
    Synchronizer synchronizer = synchronizer();
    synchronizer.meet();
    SyncStatus status = synchronizer.status();
    assertThat(status.failure().orElseThrow().words()).contains("llama: takes no more for now");
    assertThat(status.progress().left()).isPositive();
    credits.giveBack("a", 1L << 40);
    synchronizer.meet();
    assertThat(node.frontier()).isEqualTo(server.frontier());
  }

  @Test
  void aFullDiskOfItsOwnIsTold() {
    write(server, ChainId.KNOWLEDGE, 10, "{}");
    Synchronizer synchronizer = synchronizer();
    behind =
        new LogStoreAround(nodeStore) {
          @Override
          public boolean commit(Change change) {
            throw new JournalException("disk", "is full", true);
          }
        };
    synchronizer.meet();
    assertThat(synchronizer.status().failure().orElseThrow().words())
        .isEqualTo("this node's own disk is full or in use");
    behind = nodeStore;
    synchronizer.meet();
    assertThat(node.frontier()).isEqualTo(server.frontier());
  }

  @Test
  void anAnswerThatMakesNoSenseIsNoReasonToEnd() {
    Synchronizer synchronizer = synchronizer();
    SyncPeer good = peer;
    for (byte[] nonsense :
        List.of(
            new byte[0],
            new byte[] {1, 2},
            SyncWire.encode(List.of()),
            SyncWire.encode(List.of(node.hello(Lines.NOW))))) {
      peer = (call, message) -> nonsense;
      synchronizer.meet();
      assertThat(synchronizer.status().failure().orElseThrow().words()).startsWith("llama: ");
    }
    peer = good;
    synchronizer.meet();
    assertThat(synchronizer.status().failure()).isEmpty();
  }

  @Test
  void aMistakeInsideIsNoReasonToEndEither() {
    behind =
        new LogStoreAround(nodeStore) {
          @Override
          public boolean commit(Change change) {
            throw new IllegalStateException("unforeseen");
          }
        };
    write(server, ChainId.KNOWLEDGE, 1, "{}");
    Synchronizer synchronizer = synchronizer();
    synchronizer.meet();
    assertThat(synchronizer.status().failure().orElseThrow().words())
        .isEqualTo("something went wrong inside the node, its log says what");
  }
}
