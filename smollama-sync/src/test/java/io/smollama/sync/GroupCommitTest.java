package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final CountDownLatch gathered = new CountDownLatch(1);

  @Test
  void loneThreadCommitsAtOnce() {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(this::doubled);
    assertThat(commits.submit(1)).isEqualTo(2);
    assertThat(commits.submit(2)).isEqualTo(4);
    assertThat(batches).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void thoseWhoComeDuringACommitShareTheNext() throws Exception {
    GroupCommit<Integer, Integer> commits = new GroupCommit<>(this::doubled);
    List<Future<Integer>> results = submitWhileFirstCommits(commits, 100);
    for (int i = 0; i < 101; i++) {
      assertThat(results.get(i).get()).isEqualTo(2 * (i - 1));
    }
    assertThat(batches).extracting(List::size).containsExactly(1, 64, 36);
  }

  @Test
  void failureReachesAllOfTheBatchAndNoOther() throws Exception {
    GroupCommit<Integer, Integer> commits =
        new GroupCommit<>(
            items -> {
              if (items.contains(7)) {
                throw new IllegalStateException("disk");
              }
              return doubled(items);
            });
    List<Future<Integer>> results = submitWhileFirstCommits(commits, 10);
    assertThat(results.get(0).get()).isEqualTo(-2);
    for (Future<Integer> result : results.subList(1, 11)) {
      assertThatThrownBy(result::get).hasMessageContaining("disk");
    }
    assertThat(commits.submit(8)).isEqualTo(16);
  }

  /** Submits -1, and while its commit lasts 0 and on, each by a thread of its own. */
  private List<Future<Integer>> submitWhileFirstCommits(
      GroupCommit<Integer, Integer> commits, int count) {
    ExecutorService threads = Executors.newFixedThreadPool(count + 1);
    List<Future<Integer>> futures = new ArrayList<>();
    for (int i = -1; i < count; i++) {
      int item = i;
      futures.add(threads.submit(() -> commits.submit(item)));
      while (commits.waiting() < i + 1 || (i == -1 && batches.isEmpty())) {
        Thread.onSpinWait();
      }
    }
    gathered.countDown();
    threads.shutdown();
    return futures;
  }

  private List<Integer> doubled(List<Integer> items) {
    batches.add(items);
    if (items.contains(-1)) {
      awaitOthers();
    }
    return items.stream().map(i -> 2 * i).toList();
  }

  private void awaitOthers() {
    try {
      gathered.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
