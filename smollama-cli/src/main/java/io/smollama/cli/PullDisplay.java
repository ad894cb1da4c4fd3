package io.smollama.cli;

import io.smollama.agent.OllamaServer.PullProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Shows how far the fetching of a model is: a bar that moves where a person watches, else a line
 * for each step and every few seconds. Thread-safe.
 */
final class PullDisplay implements Consumer<PullProgress> {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final long BAR_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final int CELLS = 24;
  private static final int WIDTH = 78;

  private final PrintWriter out;
  private final boolean watched;
  private final LongSupplier nanos;
  private String step = "";
  private long told;
  private long stepBegan;
  private long bytesAtBegin = -1;
  private boolean openLine;
  private boolean stopped;

  PullDisplay(PrintWriter out, boolean watched, LongSupplier nanos) {
    this.out = out;
    this.watched = watched;
    this.nanos = nanos;
  }

  @Override
  public synchronized void accept(PullProgress progress) {
    if (stopped) {
      return;
    }
    long now = nanos.getAsLong();
    boolean newStep = !progress.status().equals(step);
    if (newStep) {
      step = progress.status();
      stepBegan = now;
      bytesAtBegin = -1;
    }
    if (bytesAtBegin < 0 && progress.completedBytes().isPresent()) {
      bytesAtBegin = progress.completedBytes().getAsLong();
      stepBegan = now;
    }
    boolean due = now - told >= (watched ? BAR_NANOS : LINE_NANOS);
    if (newStep || due || isWhole(progress)) {
      told = now;
      show(progress, now);
    }
  }

  private static boolean isWhole(PullProgress progress) {
    return progress.totalBytes().isPresent()
        && progress.completedBytes().equals(progress.totalBytes());
  }

  private void show(PullProgress progress, long now) {
    String text = CONTROL.matcher(step).replaceAll("\uFFFD") + amount(progress, now);
    if (watched) {
      String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
      out.print(("\r%-" + WIDTH + "s").formatted(cut));
      openLine = true;
    } else {
      out.println(text);
    }
    out.flush();
  }

  private String amount(PullProgress progress, long now) {
    if (progress.totalBytes().isEmpty() || progress.totalBytes().getAsLong() <= 0) {
      return "";
    }
    long total = progress.totalBytes().getAsLong();
    long done = Math.min(progress.completedBytes().orElse(0), total);
    int percent = (int) (100.0 * done / total);
    String bar = "";
    if (watched) {
      int full = (int) ((double) CELLS * done / total);
      bar = "[%s%s] ".formatted("#".repeat(full), "-".repeat(CELLS - full));
    }
    return ": %s%d%% of %s%s".formatted(bar, percent, ByteSize.of(total), speed(done, now));
  }

  /** Of this step only: what was there already was not fetched now. */
  private String speed(long done, long now) {
    double seconds = (now - stepBegan) / 1e9;
    if (seconds < 1 || bytesAtBegin < 0 || done <= bytesAtBegin) {
      return "";
    }
    return String.format(
        Locale.ROOT, ", %s/s", ByteSize.of((long) ((done - bytesAtBegin) / seconds)));
  }

  /** Ends the line that moves. */
  synchronized void end() {
    if (openLine) {
      out.println();
      out.flush();
      openLine = false;
    }
  }

  /** Says the last word; nothing is shown afterwards. */
  synchronized void stop(String word) {
    end();
    stopped = true;
    out.println(word);
    out.flush();
  }
}
