package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider whose reads do not come back until they are released or interrupted. Thread-safe. */
final class StuckReadings implements ReadingProvider {
  final CountDownLatch entered = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger closes = new AtomicInteger();
  volatile boolean interrupted;
  volatile boolean closedWithin;
  private volatile boolean inside;

  @Override
  public String type() {
    return "stuck";
  }

  @Override
  public List<Source> sources() {
    return List.of(new Source(new SourceId("stuck", "x"), "", ""));
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    inside = true;
    reads.incrementAndGet();
    entered.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      inside = false;
    }
    return Optional.of(Reading.of("stuck:x", 1, "", Instant.EPOCH));
  }

  @Override
  public void close() {
    closedWithin = inside;
    closes.incrementAndGet();
  }
}
