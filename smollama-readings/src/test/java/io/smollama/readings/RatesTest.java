package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ReadingProvider;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is told as a share or per second, since the read before. */
class RatesTest extends LinuxFixture {
  @Nested
  class CpuUse {
    @Test
    void isTheBusyShareSinceTheReadBefore() {
      ReadingProvider provider = open();
      assertThat(show(provider, "cpu_percent")).isEmpty();
      machine.cpu(1100, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("25 %");
      machine.cpu(1500, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("100 %");
    }

    @Test
    void isToldAgainWhenTooLittleTimeHasPassed() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.cpu(1100, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("25 %");
      machine.cpu(1101, 9300);
      assertThat(show(provider, "cpu_percent")).hasValue("25 %");
    }

    @Test
    void isNothingAfterCountersWentBack() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.cpu(10, 90);
      assertThat(show(provider, "cpu_percent")).isEmpty();
      machine.cpu(110, 190);
      assertThat(show(provider, "cpu_percent")).hasValue("50 %");
    }
  }

  @Nested
  class Network {
    @Test
    void isTheGrowthPerSecondWithoutTheLoopback() {
      ReadingProvider provider = open();
      assertThat(show(provider, "net_rx")).isEmpty();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(1_003_000, 200_500);
      assertThat(show(provider, "net_rx")).hasValue("1500 B/s");
      assertThat(show(provider, "net_tx")).hasValue("250 B/s");
    }

    @Test
    void isNothingInTheDirectionThatWentBack() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(10, 200_500);
      assertThat(ids(provider.readAll())).contains("net_tx").doesNotContain("net_rx");
      machine.clock.advance(Duration.ofSeconds(1));
      machine.network(30, 200_500);
      assertThat(show(provider, "net_rx")).hasValue("20 B/s");
      assertThat(show(provider, "net_tx")).hasValue("0 B/s");
    }

    @Test
    void isToldAgainWhenTooLittleTimeHasPassed() {
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(1_003_000, 200_500);
      provider.readAll();
      machine.clock.advance(Duration.ofMillis(1));
      machine.network(2_000_000, 300_000);
      assertThat(show(provider, "net_rx")).hasValue("1500 B/s");
    }

    @Test
    void doesNotCountWhatAnInterfaceCarriedBeforeItWasSeen() {
      machine.file("proc/net/dev", "a | b\n lo: 1 1 1 1 1 1 1 1 1 1\n");
      ReadingProvider provider = open();
      provider.readAll();
      machine.clock.advance(Duration.ofSeconds(2));
      machine.network(1_000_000, 1_000_000);
      assertThat(show(provider, "net_rx")).isEmpty();
    }
  }
}
