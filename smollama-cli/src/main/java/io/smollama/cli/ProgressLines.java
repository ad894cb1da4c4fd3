package io.smollama.cli;

import io.smollama.memory.VectorProgress;
import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how far the vectors are, at most once a second. Who was told of the way is told of its end,
 * too. One thread at a time.
 */
final class ProgressLines implements Consumer<VectorProgress> {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final PrintWriter out;
  private final LongSupplier nanos;
  private long last;
  private long told = -1;

  ProgressLines(PrintWriter out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  @Override
  public void accept(VectorProgress progress) {
    boolean waited = nanos.getAsLong() - last > SECOND_NANOS;
    boolean ends = told >= 0 && progress.isComplete();
    if ((waited || ends) && progress.done() != told) {
      last = nanos.getAsLong();
      told = progress.done();
      out.printf("%,d of %,d texts can be found by meaning%n", told, progress.total());
      out.flush();
    }
  }
}
