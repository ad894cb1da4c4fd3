package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExchangeOfPartedLinesTest extends ExchangeFixture {
  @Test
  void linesThatPartedMeetWithoutSendingAllAgain() {
    List<Entry> mine = Lines.line(Lines.chain(9), 1_000);
    List<Entry> theirs = new ArrayList<>(mine.subList(0, 900));
    theirs.addAll(Lines.fork(mine, 900, 50, "theirs"));
    here.takeIn(List.of(Run.of(mine)), Long.MAX_VALUE, Lines.NOW);
    there.takeIn(List.of(Run.of(theirs)), Long.MAX_VALUE, Lines.NOW);
    exchange();
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(here.frontier().tips(Lines.chain(9)).heads()).hasSize(2);
    assertThat(hereStore.chains()).isEqualTo(thereStore.chains());
    assertThat(entriesSent).isLessThan(400);
  }

  @Test
  void linesThatPartedLongAgoMeetThoughAPageMayBringNothingNew() {
    List<Entry> mine = Lines.line(Lines.chain(9), 9_000);
    List<Entry> theirs = new ArrayList<>(mine.subList(0, 4_000));
    theirs.addAll(Lines.fork(mine, 4_000, 10, "theirs"));
    takeIn(here, mine);
    takeIn(there, theirs);
    exchange();
    assertThat(here.frontier()).isEqualTo(there.frontier());
  }

  @Test
  void shortLinesThatPartedTwiceMeet() {
    List<Entry> mine = Lines.line(Lines.chain(9), 7);
    takeIn(here, Lines.fork(mine, 0, 1, "root"));
    takeIn(here, mine);
    takeIn(there, mine.subList(0, 3));
    takeIn(there, Lines.fork(mine, 3, 6, "theirs"));
    takeIn(there, Lines.fork(mine, 3, 1, "third"));
    exchange();
    assertThat(hereStore.chains()).isEqualTo(thereStore.chains());
  }

  @Test
  void theClonesOfACardBecomeTwoOrigins() {
    write(here, ChainId.KNOWLEDGE, 3);
    InMemoryLogStore cloned = hereStore.copy();
    Replica clone = new Replica(cloned, "clone", () -> Lines.replicaId(0x2001));
    write(here, ChainId.KNOWLEDGE, 2);
    clone.append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "\"other\"")), Lines.NOW);
    exchange(here, there);
    exchange(clone, there);
    exchange(here, there);
    assertThat(clone.self().origin()).isNotEqualTo(Lines.replicaId(1));
    assertThat(here.self().origin()).isNotEqualTo(Lines.replicaId(1));
    exchange(clone, there);
    exchange(here, there);
    exchange(clone, there);
    assertThat(clone.frontier()).isEqualTo(there.frontier()).isEqualTo(here.frontier());
  }

  @Test
  void aRewoundNodeIsToldAtOnceAndGetsBackWhatItLost() {
    write(here, ChainId.KNOWLEDGE, 3);
    Replica rewound = new Replica(hereStore.copy(), "rewound", () -> Lines.replicaId(0x2001));
    write(here, ChainId.KNOWLEDGE, 2);
    exchange(here, there);
    Hello hello = rewound.hello(Lines.NOW);
    assertThat(there.answer(hello, 1, Lines.NOW).status()).isEqualTo(PeerStatus.REWOUND);
    exchange(rewound, there);
    assertThat(rewound.self().incarnation()).isEqualTo(2);
    exchange(rewound, there);
    assertThat(rewound.frontier()).isEqualTo(there.frontier());
  }

  @Test
  void aNodeThatForgotAllIsToldToo() {
    write(here, ChainId.KNOWLEDGE, 3);
    exchange();
    Replica empty = new Replica(Lines.store(1), "here", () -> Lines.replicaId(0x2001));
    Hello hello = empty.hello(Lines.NOW);
    assertThat(there.answer(hello, 0, Lines.NOW).held().chains())
        .containsKey(new ChainId(Lines.replicaId(1), ChainId.KNOWLEDGE));
    exchange(empty, there);
    assertThat(empty.self().incarnation()).isEqualTo(2);
  }

  @Test
  void aBranchIsNotSentBeforeTheLineThatItLeaves() {
    List<Entry> line = Lines.line(Lines.chain(9), 100);
    takeIn(there, line);
    takeIn(there, Lines.fork(line, 95, 3, "branch"));
    Pull small = new Pull(Frontier.EMPTY, new TreeMap<>(), 60 * 405);
    PullReply reply = there.answer(small);
    assertThat(reply.runs()).hasSize(1);
    assertThat(reply.more()).isTrue();
  }
}
