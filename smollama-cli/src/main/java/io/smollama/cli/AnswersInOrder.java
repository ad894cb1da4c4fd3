package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers questions, one a line, several at once, and tells the answers in the order of the
 * questions, each as soon as it and those before it are there. The lines are read by a thread of
 * their own, so that whoever waits for an answer before asking on gets it. One thread at a time.
 */
final class AnswersInOrder {
  private static final int GRACE_SECONDS = 10;

  private final Function<String, JsonNode> answerer;
  private final ExecutorService threads;
  private final BlockingQueue<Future<Optional<JsonNode>>> underWay;

  /**
   * Starts nothing yet.
   *
   * @param answerer answers a question; called by several threads
   * @param atOnce so many questions are answered at once
   */
  AnswersInOrder(Function<String, JsonNode> answerer, int atOnce) {
    this.answerer = answerer;
    this.threads = Executors.newFixedThreadPool(atOnce, work -> daemon(work, "smollama-answers"));
    this.underWay = new ArrayBlockingQueue<>(2 * atOnce);
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true); // reading from a terminal cannot be ended
    return thread;
  }

  /** Answers every line; the first failure ends it, after the answers before it. */
  void tell(BufferedReader lines, Consumer<JsonNode> listener) {
    daemon(() -> read(lines), "smollama-questions").start();
    try {
      for (Optional<JsonNode> next = next(); next.isPresent(); next = next()) {
        listener.accept(next.get());
      }
    } finally {
      end();
    }
  }

  private void read(BufferedReader lines) {
    try {
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String question = line;
          put(() -> Optional.of(answerer.apply(question)));
        }
        put(Optional::empty);
      } catch (IOException e) {
        put(
            () -> {
              throw new UncheckedIOException(e);
            });
      }
    } catch (InterruptedException | RejectedExecutionException e) {
      return; // nobody listens any more
    }
  }

  private void put(Callable<Optional<JsonNode>> work) throws InterruptedException {
    FutureTask<Optional<JsonNode>> task = new FutureTask<>(work);
    underWay.put(task); // waits here when the answers do not keep up
    threads.execute(task);
  }

  private Optional<JsonNode> next() {
    try {
      return underWay.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What the answers are made of may be closed after this. */
  private void end() {
    threads.shutdown();
    underWay.forEach(task -> task.cancel(false));
    underWay.clear();
    try {
      threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
