package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SyncServiceTest extends SyncServiceFixture {
  @Nested
  class Offers {
    private final List<Entry> others = Lines.line(Lines.chain(9), 2);

    private SyncService over(Function<String, SharedReplica> logs) {
      return new SyncService(logs, SyncScope.OWN, SyncServiceTest::admit, credits);
    }

    private PullReply pulled(SyncMessage... parts) throws IOException {
      List<SyncMessage> answers = ask(parts);
      return (PullReply) answers.get(answers.size() - 1);
    }

    @Test
    void toADeviceItsOwnEntriesUnlessItAsksForThoseOfOthers() throws IOException {
      service = over(device -> Lines.shared(store, "llama"));
      List<Entry> own = Lines.line(Lines.chain(2), 3);
      ask(new Push(List.of(Run.of(own), Run.of(others))));
      assertThat(pulled(hello(2), pull(Frontier.EMPTY)).runs()).containsExactly(Run.of(own));
      Frontier some = Frontiers.after(Frontier.EMPTY, List.of(Run.of(others.subList(0, 1))));
      assertThat(pulled(pull(some)).runs()).containsExactly(Run.of(others.subList(1, 2)));
      assertThat(pulled(pull(Frontier.EMPTY)).runs()).isEmpty();
      Pull named = pull(Frontier.EMPTY).of(new TreeSet<>(Set.of(Lines.replicaId(9))));
      assertThat(pulled(named).runs()).containsExactly(Run.of(others));
    }

    @Test
    void toEachDeviceTheLogOfItsGroup() throws IOException {
      InMemoryLogStore another = Lines.store(0x99);
      List<String> asked = new ArrayList<>();
      service =
          over(
              device -> {
                asked.add(device);
                return Lines.shared(another, "llama");
              });
      ask(new Push(List.of(Run.of(others))));
      assertThat(asked).containsExactly("kitchen");
      assertThat(another.chains()).containsOnlyKeys(Lines.chain(9));
      assertThat(store.chains()).isEmpty();
    }
  }

  @Nested
  class Answers {
    @Test
    void allPartsOfARequestInTheirOrder() throws IOException {
      List<Entry> line = Lines.line(Lines.chain(2), 3);
      new Replica(store, "llama", Lines.freshIds())
          .append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
      List<SyncMessage> answers =
          ask(
              hello(2),
              new Push(List.of(Run.of(line))),
              pull(Frontiers.after(Frontier.EMPTY, List.of(Run.of(line)))));
      assertThat(answers).hasSize(3);
      assertThat(((HelloReply) answers.get(0)).credit()).isEqualTo(CREDIT);
      assertThat(((PushReply) answers.get(1)).verdicts()).containsExactly(new Verdict.Ok());
      PullReply pulled = (PullReply) answers.get(2);
      assertThat(pulled.runs()).hasSize(1);
      assertThat(pulled.runs().get(0).chain().origin()).isEqualTo(Lines.replicaId(1));
      assertThat(store.everHeld(line.get(2).id())).isTrue();
    }

    @Test
    void plainlyIfTheAskerTakesNothingPacked() throws IOException {
      SyncReply reply =
          service.answer(
              new SyncRequest(
                  "hello",
                  Optional.of("bearer good"),
                  Optional.empty(),
                  Optional.empty(),
                  new ByteArrayInputStream(SyncWire.encode(List.of(hello(2))))));
      assertThat(reply.headers()).doesNotContainKey("Content-Encoding");
      assertThat(SyncWire.decode(reply.body()).get(0)).isInstanceOf(HelloReply.class);
    }

    @Test
    void withNoMoreThanAMessageMayHave() throws IOException {
      List<Run> runs = new ArrayList<>();
      for (int origin = 0; origin < 6_500; origin++) {
        runs.add(Run.of(Lines.line(Lines.chain(0x10000 + origin), 1)));
      }
      Replica replica = new Replica(store, "llama", Lines.freshIds());
      replica.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
      String large = "\"" + "x".repeat(60_000) + "\"";
      replica.append(
          ChainId.KNOWLEDGE, Collections.nCopies(20, new NewEntry("obs.add", large)), Lines.NOW);
      Frontier strange = Frontier.EMPTY;
      for (Run run : runs) {
        Entry first = run.entries().get(0);
        Entry other = Lines.entry(run.chain(), Points.of(first), 2, "obs.add", "{}");
        strange = Frontiers.after(strange, List.of(Run.of(List.of(other))));
      }
      PullReply answer = (PullReply) ask(pull(strange)).get(0);
      assertThat(answer.more()).isTrue();
      assertThat(answer.doubts().chains()).hasSizeGreaterThan(4_000);
      assertThat(answer.next()).isPresent();
      assertThat(SyncWire.encode(List.of(answer)).length).isLessThanOrEqualTo(Limits.MESSAGE_BYTES);
    }
  }

  @Nested
  class Charges {
    @Test
    void forWhatIsNewAndForNothingElse() throws IOException {
      List<Entry> line = Lines.line(Lines.chain(2), 3);
      ask(new Push(List.of(Run.of(line))));
      long cost = line.stream().mapToLong(Entry::size).sum();
      assertThat(credits.left("kitchen")).isEqualTo(CREDIT - cost);
      ask(new Push(List.of(Run.of(line))));
      assertThat(credits.left("kitchen")).isEqualTo(CREDIT - cost);
    }

    @Test
    void andTakesNothingBeyondTheCredit() throws IOException {
      credits.reserve("kitchen", CREDIT - 1_000);
      List<Entry> line = Lines.line(Lines.chain(2), 4);
      PushReply reply = (PushReply) ask(new Push(List.of(Run.of(line)))).get(0);
      assertThat(reply.verdicts().get(0)).isInstanceOf(Verdict.Busy.class);
      assertThat(store.chains()).isEmpty();
      assertThat(credits.left("kitchen")).isEqualTo(1_000);
    }

    @Test
    void nothingWhenTheStorageFails() {
      service =
          over(
              new LogStoreAround(store) {
                @Override
                public boolean commit(Change change) {
                  throw new IllegalStateException("unforeseen");
                }
              });
      assertThatThrownBy(() -> ask(new Push(List.of(Run.of(Lines.line(Lines.chain(2), 4))))))
          .hasMessage("unforeseen");
      assertThat(credits.left("kitchen")).isEqualTo(CREDIT);
    }
  }
}
