package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CreditAccountsTest {
  private long nanos = 77;
  private final CreditAccounts credits = new CreditAccounts(24_000, () -> nanos);

  @Test
  void aDaysWorthCanBeUsedAtOnceAndGrowsBackEvenly() {
    assertThat(credits.reserve("a", 20_000)).isEqualTo(20_000);
    assertThat(credits.reserve("a", 20_000)).isEqualTo(4_000);
    assertThat(credits.left("a")).isZero();
    nanos += Duration.ofHours(6).toNanos();
    assertThat(credits.left("a")).isEqualTo(6_000);
    nanos += Duration.ofDays(9).toNanos();
    assertThat(credits.left("a")).isEqualTo(24_000);
  }

  @Test
  void whatWasNotNeededComesBackAndNoMore() {
    credits.reserve("a", 10_000);
    credits.giveBack("a", 7_000);
    assertThat(credits.left("a")).isEqualTo(21_000);
    credits.giveBack("a", 9_000);
    assertThat(credits.left("a")).isEqualTo(24_000);
  }

  @Test
  void eachPeerHasItsOwn() {
    credits.reserve("a", 24_000);
    assertThat(credits.left("b")).isEqualTo(24_000);
  }
}
