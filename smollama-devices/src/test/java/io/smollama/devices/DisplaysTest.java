package io.smollama.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DisplaysTest {
  private final ManualClock clock = new ManualClock();
  private final AtomicLong nanos = new AtomicLong();
  private final BlockingQueue<List<String>> written = new LinkedBlockingQueue<>();
  private final AtomicBoolean unplugged = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Displays displays =
      new Displays(
          List.of(
              new DisplayLane(
                  "screen",
                  "hd44780 at i2c-1 0x27",
                  new FakeDisplay(),
                  List.of(
                      new DisplayLine("Out {balcony:temperature}"),
                      new DisplayLine("{balcony:pressure} {gpio:17}")),
                  nanos::get)));

  private final class FakeDisplay implements TextDisplay {
    @Override
    public int columns() {
      return 16;
    }

    @Override
    public int rows() {
      return 2;
    }

    @Override
    public void show(List<String> lines) {
      written.add(lines);
      if (unplugged.get()) {
        throw new ReadingException("screen", "hd44780 at i2c-1 0x27: nothing answers", true);
      }
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @AfterEach
  void close() {
    displays.close();
  }

  private void say(String source, double number, String unit) {
    displays.take(List.of(Reading.of(source, number, unit, clock.instant())));
  }

  private List<String> next() throws InterruptedException {
    return written.poll(20, TimeUnit.SECONDS);
  }

  /** Until the display's own thread has told how it went. */
  private void until(String failure) {
    while (!displays.states().get(0).failure().contains(failure)
        || (failure.isEmpty() && !displays.states().get(0).failure().isEmpty())) {
      Thread.onSpinWait();
    }
  }

  @Test
  void showsWhatSourcesSaidLast() throws InterruptedException {
    say("balcony:temperature", 21.2837, "celsius");
    assertThat(next()).containsExactly("Out 21.28 °C", "- -");
    while (displays.states().get(0).shown().isEmpty()) {
      Thread.onSpinWait();
    }
    displays.take(
        List.of(
            Reading.of("balcony:pressure", 1008.23, "hectopascal", clock.instant()).doubted("why"),
            Reading.of("gpio:17", true, clock.instant())));
    assertThat(next()).containsExactly("Out 21.28 °C", "1008 hPa? on");
    say("system:cpu_temp", 50, "celsius");
    displays.close();
    assertThat(written).isEmpty();
    assertThat(closed).isTrue();
  }

  @Test
  void oneThatFailsIsTriedAgainAfterAWhile() throws InterruptedException {
    unplugged.set(true);
    say("balcony:temperature", 21, "celsius");
    assertThat(next()).isNotEmpty();
    until("nothing answers");
    unplugged.set(false);
    for (int reading = 0; reading < 100; reading++) {
      say("balcony:temperature", 22 + reading / 100.0, "celsius");
    }
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    say("balcony:temperature", 23, "celsius");
    assertThat(next()).contains("Out 23 °C");
    until("");
  }
}
