package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.JournalException;
import io.smollama.testkit.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTokenStoreTest extends TokenStoreContract {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @Override
  TokenStore open(ManualClock clock) {
    return open(clock, POSTGRES.group());
  }

  private static TokenStore open(ManualClock clock, long group) {
    return PostgresTokenStore.open(POSTGRES.connections(), group, clock, new SecureRandom());
  }

  @Test
  void groupsDoNotKnowEachOthersTokens() {
    try (TokenStore one = open(new ManualClock(), 1_001);
        TokenStore other = open(new ManualClock(), 1_002)) {
      String token = one.create("kitchen");
      assertThat(other.admit(token)).isEqualTo(new PeerDirectory.Admission.Unknown());
      assertThat(other.tokens()).isEmpty();
      assertThat(other.revoke("kitchen")).isFalse();
      other.create("kitchen");
      assertThat(one.admit(token)).isEqualTo(new PeerDirectory.Admission.Admitted("kitchen"));
    }
  }

  @Test
  void noTokenIsInTheTable() throws Exception {
    try (TokenStore store = open(new ManualClock())) {
      String token = store.create("garden");
      String found =
          "SELECT count(*) FROM smollama_token t WHERE t::text LIKE '%" + token.substring(5) + "%'";
      assertThat(POSTGRES.number(found)).isZero();
    }
  }

  @Test
  void theLatestTimeCountsWhicheverServerSawTheDevice() {
    ManualClock clock = new ManualClock();
    try (TokenStore other = open(clock)) {
      Instant later;
      try (TokenStore store = open(clock)) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          tokens.add(store.create("device" + i));
        }
        clock.advance(Duration.ofSeconds(1));
        tokens.forEach(other::admit);
        clock.advance(Duration.ofSeconds(90));
        later = clock.instant();
        tokens.forEach(store::admit);
      }
      assertThat(other.tokens()).allMatch(token -> token.lastSeen().equals(Optional.of(later)));
    }
  }

  @Test
  void aDatabaseThatIsAwayIsWorthAnotherTry() throws Exception {
    try (TokenStore store = open(new ManualClock())) {
      String token = store.create("kitchen");
      POSTGRES.cluster().kill();
      assertThatThrownBy(() -> store.admit(token))
          .isInstanceOfSatisfying(
              JournalException.class, e -> assertThat(e.isRetryable()).isTrue());
      POSTGRES.cluster().resume();
      assertThat(store.admit(token)).isEqualTo(new PeerDirectory.Admission.Admitted("kitchen"));
    }
  }
}
