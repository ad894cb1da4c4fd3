package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How many messages an exchange takes, and how large they are. */
class ExchangeSizesTest {
  private final InMemoryLogStore hereStore = Lines.store(1);
  private final InMemoryLogStore thereStore = Lines.store(2);
  private final Replica here = new Replica(hereStore, "here", () -> Lines.replicaId(0x1001));
  private final Replica there = new Replica(thereStore, "there", () -> Lines.replicaId(0x1002));

  private static void write(Replica replica, int stream, int count, String payload) {
    replica.append(stream, Collections.nCopies(count, new NewEntry("obs.add", payload)), Lines.NOW);
  }

  private SyncMessage answer(SyncMessage message) {
    if (message instanceof Hello hello) {
      return there.answer(hello, Long.MAX_VALUE, Lines.NOW);
    }
    return message instanceof Push push
        ? there.answer(push, Long.MAX_VALUE, Lines.NOW)
        : there.answer((Pull) message);
  }

  /** The messages that it took, each with its parts. */
  private List<List<SyncMessage>> exchange(Optional<Frontier> believed, int messageBytes) {
    Exchange exchange = here.exchange(Long.MAX_VALUE);
    exchange.messageBytes(messageBytes);
    List<List<SyncMessage>> sent = new ArrayList<>();
    List<SyncMessage> parts = exchange.opening(believed, Lines.NOW);
    while (!parts.isEmpty()) {
      assertThat(sent.size()).isLessThan(200);
      assertThat(SyncWire.encode(parts).length).isLessThanOrEqualTo(Limits.MESSAGE_BYTES);
      sent.add(parts);
      List<SyncMessage> answers = parts.stream().map(this::answer).toList();
      assertThat(SyncWire.encode(answers).length).isLessThanOrEqualTo(Limits.MESSAGE_BYTES);
      answers.forEach(answer -> exchange.accept(answer, Lines.NOW));
      exchange.messageBytes(messageBytes);
      parts = exchange.next(Lines.NOW).stream().toList();
    }
    assertThat(exchange.left()).isZero();
    return sent;
  }

  private Optional<Frontier> met() {
    exchange(Optional.empty(), Limits.MESSAGE_BYTES);
    assertThat(here.frontier()).isEqualTo(there.frontier());
    return Optional.of(here.frontier());
  }

  @Test
  void oneRoundTripIsEnoughWhenLittleIsNew() {
    write(here, ChainId.KNOWLEDGE, 5, "{}");
    Optional<Frontier> believed = met();
    assertThat(exchange(believed, Limits.MESSAGE_BYTES)).hasSize(1);
    write(here, ChainId.KNOWLEDGE, 5, "{}");
    write(here, ChainId.ROLLUPS, 5, "{}");
    write(there, ChainId.KNOWLEDGE, 3, "{}");
    assertThat(exchange(believed, Limits.MESSAGE_BYTES)).hasSize(1);
    assertThat(here.frontier()).isEqualTo(there.frontier());
  }

  @Test
  void aPeerThatLostWhatItHeldGetsItAgain() {
    write(here, ChainId.KNOWLEDGE, 50, "{}");
    InMemoryLogStore empty = Lines.store(2);
    Replica other = new Replica(empty, "there", Lines.freshIds());
    Optional<Frontier> believed = met();
    write(here, ChainId.KNOWLEDGE, 5, "{}");
    Exchange exchange = here.exchange(Long.MAX_VALUE);
    List<SyncMessage> parts = exchange.opening(believed, Lines.NOW);
    while (!parts.isEmpty()) {
      for (SyncMessage part : parts) {
        exchange.accept(
            part instanceof Hello hello
                ? other.answer(hello, Long.MAX_VALUE, Lines.NOW)
                : part instanceof Push push
                    ? other.answer(push, Long.MAX_VALUE, Lines.NOW)
                    : other.answer((Pull) part),
            Lines.NOW);
      }
      parts = exchange.next(Lines.NOW).stream().toList();
    }
    assertThat(other.frontier()).isEqualTo(here.frontier());
  }

  @Test
  void messagesAreAsLargeAsAskedForButCarryAnEntryAtLeast() {
    String large = "\"" + "x".repeat(60_000) + "\"";
    write(here, ChainId.KNOWLEDGE, 3, large);
    write(there, ChainId.KNOWLEDGE, 3, large);
    write(here, ChainId.READINGS, 100, "{}");
    List<List<SyncMessage>> sent = exchange(Optional.empty(), 4_096);
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(hereStore.all()).hasSize(106);
    for (List<SyncMessage> parts : sent) {
      assertThat(SyncWire.encode(parts).length).isLessThan(70_000);
    }
    assertThat(sent.size()).isGreaterThan(9);
  }

  @Test
  void aReplicaOfVeryManyChainsSpeaksOfThemInTurn() {
    for (int batch = 0; batch < 5; batch++) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        runs.add(Run.of(Lines.line(Lines.chain(0x10000 + batch * 2_000 + i), 1)));
      }
      here.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
      there.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
    }
    for (int i = 0; i < 10; i++) {
      long both = 0x10000 + 990L * i;
      here.takeIn(List.of(Run.of(Lines.line(Lines.chain(both), 3))), Long.MAX_VALUE, Lines.NOW);
      long mine = 0x100 + 0x1000L * i;
      here.takeIn(List.of(Run.of(Lines.line(Lines.chain(mine), 2))), Long.MAX_VALUE, Lines.NOW);
      long theirs = 0x200 + 0x1000L * i;
      there.takeIn(List.of(Run.of(Lines.line(Lines.chain(theirs), 2))), Long.MAX_VALUE, Lines.NOW);
    }
    write(here, ChainId.KNOWLEDGE, 1, "{}");
    List<List<SyncMessage>> sent = exchange(Optional.empty(), Limits.MESSAGE_BYTES);
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(sent.size()).isBetween(4, 16);
  }

  @Test
  void aNewcomerLearnsOfMoreChainsThanAMessageNames() {
    for (int batch = 0; batch < 4; batch++) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        runs.add(Run.of(Lines.line(Lines.chain(0x10000 + batch * 2_000 + i), 1)));
      }
      there.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
    }
    exchange(Optional.empty(), Limits.MESSAGE_BYTES);
    assertThat(here.frontier()).isEqualTo(there.frontier());
  }

  @Test
  void ownChainsAreNamedInEveryHelloSoThatNothingLooksRewound() {
    write(here, ChainId.KNOWLEDGE, 5, "{}");
    there.takeIn(List.of(Run.of(hereStore.all())), Long.MAX_VALUE, Lines.NOW);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      runs.add(Run.of(Lines.line(Lines.chain(0x10000 + i), 1)));
      if (runs.size() == 2_000) {
        here.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
        there.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
        runs.clear();
      }
    }
    Exchange exchange = here.exchange(Long.MAX_VALUE);
    int hellos = 0;
    for (Optional<SyncMessage> next = exchange.next(Lines.NOW);
        next.isPresent();
        next = exchange.next(Lines.NOW)) {
      SyncMessage answer = answer(next.get());
      if (answer instanceof HelloReply reply) {
        hellos++;
        assertThat(reply.status()).isEqualTo(PeerStatus.OK);
        assertThat(exchange.standing()).isEqualTo(PeerStatus.OK);
      }
      exchange.accept(answer, Lines.NOW);
    }
    assertThat(hellos).isEqualTo(2);
  }
}
