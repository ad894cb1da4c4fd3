package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link TokenStore} does. */
abstract class TokenStoreContract {
  private final ManualClock clock = new ManualClock();
  private final Instant start = clock.instant();
  private TokenStore store;

  /** A store over the same tokens each time. */
  abstract TokenStore open(ManualClock clock) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open(clock);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void aTokenAdmitsItsDevice() {
    String kitchen = store.create("kitchen");
    String cellar = store.create("cellar");
    assertThat(store.admit(kitchen)).isEqualTo(new Admission.Admitted("kitchen"));
    assertThat(store.admit(cellar)).isEqualTo(new Admission.Admitted("cellar"));
    for (String other : List.of("", "x", kitchen + "a", kitchen.substring(1), "a".repeat(99_999))) {
      assertThat(store.admit(other)).isEqualTo(new Admission.Unknown());
    }
  }

  @Test
  void tokensAreLongAndNoTwoAlike() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      tokens.add(store.create("device" + i));
    }
    assertThat(tokens).hasSize(50).allMatch(token -> token.matches("smol_[A-Za-z0-9_-]{43}"));
  }

  @Test
  void aRevokedTokenIsToldFromAnUnknownOneAndTheDeviceCanHaveAnother() {
    String first = store.create("kitchen");
    assertThat(store.revoke("kitchen")).isTrue();
    assertThat(store.revoke("kitchen")).isFalse();
    assertThat(store.revoke("attic")).isFalse();
    assertThat(store.admit(first)).isEqualTo(new Admission.Revoked("kitchen"));
    String second = store.create("kitchen");
    assertThat(store.admit(first)).isEqualTo(new Admission.Revoked("kitchen"));
    assertThat(store.admit(second)).isEqualTo(new Admission.Admitted("kitchen"));
  }

  @Test
  void aDeviceHasOneTokenAndAName() {
    store.create("kitchen");
    assertThatThrownBy(() -> store.create("kitchen"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'kitchen' has a token already; revoke that one first");
    for (String name : List.of("", "two words", "../x", "a\n", "x".repeat(65))) {
      assertThatThrownBy(() -> store.create(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void listsWhatBecameOfEach() {
    store.create("b");
    String token = store.create("a");
    clock.advance(Duration.ofHours(1));
    store.admit(token);
    clock.advance(Duration.ofSeconds(30));
    store.admit(token);
    Instant seen = start.plusSeconds(3600);
    assertThat(store.tokens())
        .containsExactly(
            new IssuedToken("a", start, Optional.empty(), Optional.of(seen)),
            new IssuedToken("b", start, Optional.empty(), Optional.empty()));
    clock.advance(Duration.ofSeconds(31));
    store.admit(token);
    store.revoke("a");
    store.admit(token);
    assertThat(store.tokens().get(0))
        .isEqualTo(
            new IssuedToken(
                "a", start, Optional.of(clock.instant()), Optional.of(clock.instant())));
  }

  @Test
  void severalStoresSeeTheSameTokens() throws Exception {
    try (TokenStore other = open(clock)) {
      String token = store.create("kitchen");
      assertThat(other.admit(token)).isEqualTo(new Admission.Admitted("kitchen"));
      other.revoke("kitchen");
      assertThat(store.admit(token)).isEqualTo(new Admission.Revoked("kitchen"));
    }
  }
}
