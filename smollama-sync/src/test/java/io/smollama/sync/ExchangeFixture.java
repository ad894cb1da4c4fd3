package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.NewEntry;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two nodes without a network between them: one asks until nothing is left to ask. */
abstract class ExchangeFixture {
  final InMemoryLogStore hereStore = Lines.store(1);
  final InMemoryLogStore thereStore = Lines.store(2);
  final Replica here = new Replica(hereStore, "here", () -> Lines.replicaId(0x1001));
  final Replica there = new Replica(thereStore, "there", () -> Lines.replicaId(0x1002));
  int entriesSent;

  static void write(Replica replica, int stream, int count) {
    for (int i = 0; i < count; i++) {
      replica.append(stream, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
    }
  }

  static void takeIn(Replica replica, List<Entry> line) {
    for (int from = 0; from < line.size(); from += Limits.MESSAGE_ENTRIES) {
      int to = Math.min(line.size(), from + Limits.MESSAGE_ENTRIES);
      replica.takeIn(List.of(Run.of(line.subList(from, to))), Long.MAX_VALUE, Lines.NOW);
    }
  }

  List<SyncMessage> exchange() {
    return exchange(here, there);
  }

  List<SyncMessage> exchange(Replica asking, Replica answering) {
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

  static SyncMessage answer(Replica replica, SyncMessage message) {
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
