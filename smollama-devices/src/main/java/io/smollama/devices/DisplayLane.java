package io.smollama.devices;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one display. Its own thread writes, so that a bus that hangs keeps nobody; of lines
 * that come meanwhile only the newest are written. Thread-safe.
 */
final class DisplayLane implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DisplayLane.class);
  private static final long RETRY_AFTER = Duration.ofSeconds(30).toNanos();
  private static final int FAREWELL_SECONDS = 5;

  private final String name;
  private final String description;
  private final TextDisplay display;
  private final List<DisplayLine> lines;
  private final LongSupplier nanos;
  private final ThreadPoolExecutor thread;
  private List<String> wanted = List.of();
  private List<String> shown = List.of();
  private String failure = "";
  private long failedAt;
  private boolean busy;

  DisplayLane(
      String name,
      String description,
      TextDisplay display,
      List<DisplayLine> lines,
      LongSupplier nanos) {
    this.name = name;
    this.description = description;
    this.display = display;
    this.lines = lines;
    this.nanos = nanos;
    this.thread =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);
  }

  private Thread newThread(Runnable work) {
    Thread created = new Thread(work, "display-" + name);
    created.setDaemon(true);
    return created;
  }

  List<SourceId> sources() {
    return lines.stream().flatMap(line -> line.sources().stream()).toList();
  }

  /** Shows what the sources said last, soon. */
  synchronized void show(Map<SourceId, Reading> latest) {
    wanted = lines.stream().map(line -> line.with(latest)).toList();
    boolean resting = !failure.isEmpty() && nanos.getAsLong() - failedAt < RETRY_AFTER;
    if (!busy && !resting && !wanted.equals(shown) && !thread.isShutdown()) {
      busy = true;
      thread.execute(this::write);
    }
  }

  private void write() {
    List<String> now;
    synchronized (this) {
      now = wanted;
    }
    String failed = "";
    try {
      display.show(now);
    } catch (RuntimeException e) {
      failed = String.valueOf(e.getMessage());
    }
    done(now, failed);
  }

  private synchronized void done(List<String> lately, String failed) {
    busy = false;
    shown = failed.isEmpty() ? lately : List.of();
    failedAt = nanos.getAsLong();
    if (!failed.isEmpty() && failure.isEmpty()) {
      log.warn("A display shows nothing: {}", failed);
    }
    failure = failed;
  }

  synchronized Displays.State state() {
    return new Displays.State(name, description, shown, failure);
  }

  /** Whatever it shows stays there. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        display.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
