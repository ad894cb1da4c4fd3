package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.ReplicaId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Under which origin a journal goes on, whichever thread learns of it. */
class SharedOriginTest extends SharedReplicaFixture {
  @Test
  void aRewoundNodeGoesOnUnderAnotherOriginAndItsFileSaysSo() throws Exception {
    ReplicaId before;
    ReplicaId after;
    Path image = folder.resolve("image");
    try (SqliteJournal here = Setups.open(folder);
        SqliteJournal there = Setups.open(elsewhere)) {
      before = here.origin();
      here.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":1}");
      Setups.crashImage(folder, image);
      here.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":2}");
      exchange(there.replica(), here.replica());
      try (SqliteJournal rewound = Setups.open(image)) {
        assertThat(rewound.origin()).isEqualTo(before); // it cannot know
        rewound.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":3}");
        exchange(rewound.replica(), there.replica());
        after = rewound.origin();
        assertThat(after).isNotEqualTo(before);
        assertThat(ReplicaFile.in(image).read().map(ReplicaState::replica)).contains(after);
        assertThat(rewound.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(1);
        assertThat(rewound.frontier().tips(new ChainId(before, ChainId.KNOWLEDGE)).heads())
            .hasSize(2);
        assertThat(rewound.verify().problems()).isEmpty();
      }
    }
    try (SqliteJournal again = Setups.open(image)) {
      assertThat(again.origin()).isEqualTo(after);
      assertThat(again.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(2);
    }
  }

  @Test
  void aSuccessorThatCouldNotBeWrittenDownIsWrittenDownBeforeItIsUsed() throws Exception {
    try (SqliteJournal journal = Setups.open(folder)) {
      ReplicaId before = journal.origin();
      ChainId own = new ChainId(before, ChainId.KNOWLEDGE);
      Path inTheWay = Files.createDirectory(folder.resolve("replica.json.tmp"));
      List<Run> runs = List.of(Run.of(Lines.line(own, 2)));
      assertThatThrownBy(() -> journal.replica().takeIn(runs, ALL))
          .isInstanceOf(JournalException.class);
      ReplicaId after = journal.origin();
      assertThat(after).isNotEqualTo(before);
      assertThatThrownBy(() -> journal.append(ChainId.KNOWLEDGE, "obs.add", "{}"))
          .isInstanceOf(JournalException.class);
      assertThat(journal.frontier().chains()).doesNotContainKey(new ChainId(after, 1));
      Files.delete(inTheWay);
      assertThat(journal.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(1);
      assertThat(ReplicaFile.in(folder).read().map(ReplicaState::replica)).contains(after);
    }
  }

  @Test
  void whatOneThreadLearnsOfALostOriginBindsAllOthers() {
    boolean[] full = {true};
    LogStore store =
        new LogStoreAround(Lines.store(1)) {
          @Override
          public boolean commit(Change change) {
            if (full[0]) {
              throw new JournalException("disk", "is full", true);
            }
            return super.commit(change);
          }
        };
    Replica one = new Replica(store, "one", Lines.freshIds());
    Replica sibling = one.sibling();
    ChainId own = new ChainId(Lines.replicaId(1), ChainId.KNOWLEDGE);
    Frontier ahead =
        Frontier.of(
            java.util.Map.of(
                own, new io.smollama.core.Tips(0, List.of(Points.of(Lines.line(own, 1).get(0))))));
    assertThatThrownBy(() -> one.notice(ahead, Lines.NOW)).hasMessageContaining("full");
    full[0] = false;
    Entry written = sibling.append(ChainId.KNOWLEDGE, one("obs.add"), Lines.NOW).get(0);
    assertThat(written.header().chain().origin()).isNotEqualTo(Lines.replicaId(1));
    assertThat(one.self()).isEqualTo(sibling.self());
    assertThat(Optional.of(one.self().incarnation())).contains(2L);
  }

  @Test
  void nothingIsCommittedBehindTheLastWordOfAClosedJournal() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 8; round++) {
        SqliteJournal journal = Setups.open(folder);
        ReplicaId origin = journal.origin();
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
          writers.add(threads.submit(() -> appendUntilClosed(journal)));
        }
        while (journal.frontier().tips(new ChainId(origin, 1)).highest() < 20L * (round + 1)) {
          Thread.onSpinWait();
        }
        journal.close();
        for (Future<?> writer : writers) {
          writer.get();
        }
        try (SqliteJournal again = Setups.open(folder)) {
          assertThat(again.origin()).isEqualTo(origin);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void appendUntilClosed(SqliteJournal journal) {
    try {
      while (true) {
        journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
      }
    } catch (JournalException e) {
      assertThat(e).hasMessageContaining("this journal is closed");
    }
  }
}
