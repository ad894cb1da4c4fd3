package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private final InMemoryLogStore hereStore = Lines.store(1);
  private final InMemoryLogStore thereStore = Lines.store(2);
  private final Replica here = new Replica(hereStore, "here", () -> Lines.replicaId(0x1001));
  private final Replica there = new Replica(thereStore, "there", () -> Lines.replicaId(0x1002));
  private int entriesSent;

  @Test
  void bothHoldTheSameAfterwards() {
    write(here, ChainId.KNOWLEDGE, 30);
    write(there, ChainId.ROLLUPS, 20);
    there.takeIn(List.of(Run.of(Lines.line(Lines.chain(9), 7))), Long.MAX_VALUE, Lines.NOW);
    exchange();
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(entriesSent).isEqualTo(57);
  }

  @Test
  void nothingButTheFrontierIsSentWhenNothingIsNew() {
    write(here, ChainId.KNOWLEDGE, 30);
    exchange();
    entriesSent = 0;
    assertThat(exchange()).hasSize(2).last().isInstanceOf(Pull.class);
    assertThat(entriesSent).isZero();
  }

  @Test
  void aNodeThatIsBehindDoesNotSendAgainWhatThePeerHas() {
    write(here, ChainId.KNOWLEDGE, 30);
    exchange();
    write(there, ChainId.KNOWLEDGE, 30);
    write(here, ChainId.KNOWLEDGE, 5);
    entriesSent = 0;
    exchange();
    assertThat(entriesSent).isEqualTo(35);
    assertThat(here.frontier()).isEqualTo(there.frontier());
  }

  @Test
  void aLongBacklogComesInManyMessages() {
    write(here, ChainId.READINGS, 4_500);
    write(here, ChainId.KNOWLEDGE, 2_500);
    List<SyncMessage> sent = exchange();
    assertThat(sent).hasSizeGreaterThan(4);
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(entriesSent).isEqualTo(7_000);
  }

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

  private static void takeIn(Replica replica, List<Entry> line) {
    for (int from = 0; from < line.size(); from += Limits.MESSAGE_ENTRIES) {
      int to = Math.min(line.size(), from + Limits.MESSAGE_ENTRIES);
      replica.takeIn(List.of(Run.of(line.subList(from, to))), Long.MAX_VALUE, Lines.NOW);
    }
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
  void noCommonVersionEndsTheExchange() {
    Hello old =
        new Hello(
            new TreeSet<>(Set.of(7)),
            Lines.replicaId(3),
            "newer",
            Frontier.EMPTY,
            Optional.empty());
    assertThat(there.answer(old, 1, Lines.NOW).status()).isEqualTo(PeerStatus.UPGRADE);
    Exchange exchange = here.exchange(Long.MAX_VALUE);
    exchange.accept(there.answer(old, 1, Lines.NOW), Lines.NOW);
    assertThat(exchange.next(Lines.NOW)).isEmpty();
  }

  @Test
  void noMoreIsPulledThanThePeerHasCreditFor() {
    write(there, ChainId.KNOWLEDGE, 2_500);
    Exchange exchange = here.exchange(100_000);
    Optional<SyncMessage> next = exchange.next(Lines.NOW);
    while (next.isPresent()) {
      exchange.accept(answer(there, next.get()), Lines.NOW);
      next = exchange.next(Lines.NOW);
    }
    assertThat(hereStore.all()).hasSizeBetween(180, 100_000 / 400);
  }

  @Test
  void aPeerThatAlwaysHasMoreIsLeftInTheEnd() {
    Exchange exchange = here.exchange(Long.MAX_VALUE);
    exchange.accept(there.answer(here.hello(Lines.NOW), 0, Lines.NOW), Lines.NOW);
    Point head = Point.START;
    int answers = 0;
    while (exchange.next(Lines.NOW).isPresent()) {
      Entry entry = Lines.entry(Lines.chain(9), head, answers + 1, "obs.add", "{}");
      head = Points.of(entry);
      Run run = Run.of(List.of(entry));
      exchange.accept(new PullReply(List.of(run), 1, Frontier.EMPTY), Lines.NOW);
      assertThat(++answers).isLessThan(5_000);
    }
    assertThat(answers).isGreaterThan(500);
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

  @Test
  void onlyTheStreamsThatAreWantedCome() {
    write(there, ChainId.KNOWLEDGE, 2);
    write(there, ChainId.READINGS, 2);
    PullReply reply =
        there.answer(
            new Pull(
                Frontier.EMPTY,
                new TreeMap<>(),
                new TreeSet<>(),
                Set.of(ChainId.KNOWLEDGE),
                ChainRange.ALL,
                100_000));
    assertThat(reply.runs()).hasSize(1);
    assertThat(reply.runs().get(0).chain().stream()).isEqualTo(ChainId.KNOWLEDGE);
  }

  @Test
  void knowledgeGoesFirstAndReadingsAreNotStarved() {
    write(there, ChainId.READINGS, 400);
    write(there, ChainId.ROLLUPS, 400);
    write(there, ChainId.KNOWLEDGE, 400);
    PullReply reply = there.answer(new Pull(Frontier.EMPTY, new TreeMap<>(), 100 * 403));
    assertThat(reply.runs()).extracting(run -> run.chain().stream()).containsExactly(1, 3, 2);
    assertThat(reply.runs().get(0).entries()).hasSizeGreaterThan(70);
    assertThat(reply.runs().get(2).entries()).hasSizeGreaterThan(5);
    assertThat(reply.more()).isTrue();
  }

  private static void write(Replica replica, int stream, int count) {
    for (int i = 0; i < count; i++) {
      replica.append(stream, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
    }
  }

  private List<SyncMessage> exchange() {
    return exchange(here, there);
  }

  private List<SyncMessage> exchange(Replica asking, Replica answering) {
    Exchange exchange = asking.exchange(Long.MAX_VALUE);
    List<SyncMessage> sent = new ArrayList<>();
    Optional<SyncMessage> next = exchange.next(Lines.NOW);
    while (next.isPresent()) {
      assertThat(sent).hasSizeLessThan(100);
      sent.add(next.get());
      SyncMessage answer = answer(answering, next.get());
      entriesSent += size(next.get()) + size(answer);
      exchange.accept(answer, Lines.NOW);
      next = exchange.next(Lines.NOW);
    }
    return sent;
  }

  private static SyncMessage answer(Replica replica, SyncMessage message) {
    if (message instanceof Hello hello) {
      return replica.answer(hello, Long.MAX_VALUE, Lines.NOW);
    }
    return message instanceof Push push
        ? replica.answer(push, Long.MAX_VALUE, Lines.NOW)
        : replica.answer((Pull) message);
  }

  private static int size(SyncMessage message) {
    List<Run> runs =
        message instanceof Push push
            ? push.runs()
            : message instanceof PullReply reply ? reply.runs() : List.of();
    return runs.stream().mapToInt(run -> run.entries().size()).sum();
  }
}
