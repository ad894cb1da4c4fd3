package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who takes only part of what there is, and what an exchange costs among very many. */
class SyncScopeTest {
  private final InMemoryLogStore thereStore = Lines.store(1);
  private final Replica there = new Replica(thereStore, "there", Lines.freshIds());
  private final InMemoryLogStore hereStore = Lines.store(2);
  private final Replica here = new Replica(hereStore, "here", Lines.freshIds());

  private static void write(Replica replica, int entries) {
    for (int i = 0; i < entries; i++) {
      replica.append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
    }
  }

  private static void crowd(Replica replica, int from, int chains) {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < chains; i++) {
      runs.add(Run.of(Lines.line(Lines.chain(0x10000 + from + i), 1)));
    }
    replica.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
  }

  /** The pulls that it took. */
  private static List<Pull> exchange(Replica asking, SyncScope scope, Replica answering) {
    Exchange exchange = asking.exchange(scope, Long.MAX_VALUE);
    List<Pull> pulls = new ArrayList<>();
    List<SyncMessage> parts = exchange.opening(Optional.empty(), Lines.NOW);
    for (int round = 0; !parts.isEmpty(); round++) {
      assertThat(round).isLessThan(200);
      for (SyncMessage part : parts) {
        if (part instanceof Hello hello) {
          exchange.accept(answering.answer(hello, Long.MAX_VALUE, Lines.NOW), Lines.NOW);
        } else if (part instanceof Push push) {
          exchange.accept(answering.answer(push, Long.MAX_VALUE, Lines.NOW), Lines.NOW);
        } else {
          pulls.add((Pull) part);
          exchange.accept(answering.answer((Pull) part), Lines.NOW);
        }
      }
      parts = exchange.next(Lines.NOW).stream().toList();
    }
    return pulls;
  }

  @Test
  void ofItsOwnGivesWhatIsNewAndTakesNothingOfOthers() {
    write(there, 3);
    write(here, 5);
    exchange(here, SyncScope.OWN, there);
    assertThat(thereStore.all()).hasSize(8);
    assertThat(hereStore.all()).hasSize(5);
    exchange(here, SyncScope.ALL, there);
    assertThat(here.frontier()).isEqualTo(there.frontier());
  }

  @Test
  void ofItsOwnGivesBackWhatARestoredBackupLost() {
    write(here, 2);
    InMemoryLogStore backup = hereStore.copy();
    write(here, 3);
    write(there, 1);
    exchange(here, SyncScope.OWN, there);
    Replica restored = new Replica(backup, "here", Lines.freshIds());
    exchange(restored, SyncScope.OWN, there);
    assertThat(backup.chain(Lines.chain(2)).tips())
        .isEqualTo(hereStore.chain(Lines.chain(2)).tips());
    assertThat(restored.self().origin()).isNotEqualTo(Lines.replicaId(2));
    assertThat(backup.chain(Lines.chain(1)).tips().heads()).isEmpty();
    exchange(restored, SyncScope.OWN, there);
    assertThat(thereStore.chains().keySet()).containsAll(backup.chains().keySet());
  }

  @Test
  void ofItsOwnGoesOnWithWhatWasCarriedHereOtherwise() {
    crowd(there, 0, 20);
    crowd(here, 7, 1);
    ChainId carried = Lines.chain(0x10007);
    there.takeIn(List.of(Run.of(Lines.line(carried, 4))), Long.MAX_VALUE, Lines.NOW);
    exchange(here, SyncScope.OWN, there);
    assertThat(hereStore.chains().keySet()).containsExactly(carried);
    assertThat(hereStore.chain(carried).highest()).isEqualTo(4);
  }

  @Test
  void namesItsOriginEvenIfItHasWrittenNothing() {
    crowd(there, 0, 3);
    List<Pull> pulls = exchange(here, SyncScope.OWN, there);
    assertThat(pulls.get(0).origins()).containsExactly(Lines.replicaId(2));
    assertThat(hereStore.chains()).isEmpty();
  }

  @Test
  void anAnswerLooksAtABoundedNumberOfChainsAndTellsWhereToGoOn() {
    int many = 2 * Limits.ANSWER_CHAINS + 100;
    crowd(there, 0, many);
    Pull pull = new Pull(here.frontier(), new TreeMap<>(), Limits.MESSAGE_BYTES);
    PullReply reply = there.answer(pull);
    assertThat(reply.next()).contains(Lines.chain(0x10000 + Limits.ANSWER_CHAINS));
    assertThat(reply.left() + reply.runs().size()).isEqualTo(Limits.ANSWER_CHAINS);
    exchange(here, SyncScope.ALL, there);
    assertThat(here.frontier()).isEqualTo(there.frontier());
    assertThat(hereStore.chains()).hasSize(many);
  }

  @Test
  void originsAndTheirLimitGoTogether() {
    crowd(there, 0, Limits.ANSWER_CHAINS + 10);
    TreeSet<ReplicaId> origins = new TreeSet<>();
    thereStore.chains().keySet().forEach(chain -> origins.add(chain.origin()));
    Pull pull = new Pull(here.frontier(), new TreeMap<>(), Limits.MESSAGE_BYTES);
    PullReply reply = there.answer(pull.of(origins));
    assertThat(reply.next()).contains(Lines.chain(0x10000 + Limits.ANSWER_CHAINS));
    ChainId from = Lines.chain(0x10000 + Limits.ANSWER_CHAINS + 7);
    Pull rest =
        new Pull(
            here.frontier(),
            pull.samples(),
            origins,
            Set.of(),
            new ChainRange(Optional.of(from), Optional.empty()),
            Limits.MESSAGE_BYTES);
    PullReply last = there.answer(rest);
    assertThat(last.next()).isEmpty();
    assertThat(last.runs()).hasSize(3);
  }

  @Test
  void noAnswerToADeviceReadsTheChainsOfOthers() {
    crowd(there, 0, 500);
    write(here, 5);
    Replica counted =
        new Replica(
            new LogStoreAround(thereStore) {
              @Override
              public SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
                SortedMap<ChainId, ChainState> found = super.chains(range, limit);
                assertThat(found.keySet()).allMatch(c -> c.origin().equals(Lines.replicaId(2)));
                return found;
              }
            },
            "there",
            Lines.freshIds());
    exchange(here, SyncScope.OWN, counted);
    assertThat(thereStore.chain(Lines.chain(2)).highest()).isEqualTo(5);
  }
}
