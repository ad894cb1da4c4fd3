package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExchangeTest extends ExchangeFixture {
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
}
