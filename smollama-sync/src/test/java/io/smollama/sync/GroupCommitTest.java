package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private final List<List<Integer>> batches = new ArrayList<>();
  private final ReentrantLock turn = new ReentrantLock();

  @Test
  void loneThreadCommitsAtOnce() {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(turn, this::doubled);
    assertThat(commits.submit(1)).isEqualTo(2);
    assertThat(commits.submit(2)).isEqualTo(4);
    assertThat(batches).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void thoseWhoWaitShareCommits() throws Exception {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(turn, this::doubled);
    List<Integer> results = submitAllWhileHeld(commits, 100);
    assertThat(results)
        .containsExactlyElementsOf(IntStream.range(0, 100).map(i -> 2 * i).boxed().toList());
    assertThat(batches).extracting(List::size).containsExactly(64, 36);
  }

  @Test
  void failureReachesAllOfTheBatchAndNoOther() throws Exception {
    GroupCommit<Integer, Integer> commits =
        new GroupCommit<>(
            turn,
            items -> {
              if (items.contains(7)) {
                throw new IllegalStateException("disk");
              }
              return doubled(items);
            });
    assertThatThrownBy(() -> submitAllWhileHeld(commits, 10)).hasMessageContaining("disk");
    assertThat(commits.submit(8)).isEqualTo(16);
  }

  private List<Integer> submitAllWhileHeld(GroupCommit<Integer, Integer> commits, int count)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Integer>> futures = new ArrayList<>();
      turn.lock();
      try {
        for (int i = 0; i < count; i++) {
          int item = i;
          futures.add(threads.submit(() -> commits.submit(item)));
        }
        while (turn.getQueueLength() < count) {
          Thread.onSpinWait();
        }
      } finally {
        turn.unlock();
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdown();
    }
  }

  private List<Integer> doubled(List<Integer> items) {
    batches.add(items);
    return items.stream().map(i -> 2 * i).toList();
  }
}
