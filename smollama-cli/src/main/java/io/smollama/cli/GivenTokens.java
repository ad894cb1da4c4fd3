package io.smollama.cli;

import io.smollama.core.JournalException;
import io.smollama.sync.IssuedToken;
import io.smollama.sync.PeerDirectory;
import io.smollama.sync.SqliteTokenStore;
import io.smollama.sync.TokenStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom a Llama server lets in: devices with a token. A server that only programs of its own machine
 * can reach asks for none until the first one is given out. The file is opened when somebody asks.
 * Thread-safe.
 */
final class GivenTokens implements PeerDirectory, AutoCloseable {
  private static final String THIS_MACHINE = "this-machine";

  private final Supplier<TokenStore> opener;
  private final boolean loopback;
  private @Nullable TokenStore store;

  /**
   * Nothing is opened yet.
   *
   * @param opener opens the store of tokens; asked again if it fails
   */
  GivenTokens(Supplier<TokenStore> opener, boolean loopback) {
    this.opener = opener;
    this.loopback = loopback;
  }

  /** The tokens of a server: in its database if it has one, else in its state folder. */
  static TokenStore open(StateFolder state, Optional<LogDatabase> database, InstantSource clock) {
    return database
        .map(there -> there.tokens(clock))
        .orElseGet(() -> SqliteTokenStore.open(state.tokens(), clock, new SecureRandom()));
  }

  private synchronized TokenStore store() {
    TokenStore opened = store;
    if (opened == null) {
      opened = opener.get();
      store = opened;
    }
    return opened;
  }

  @Override
  public Admission admit(String token) {
    if (!token.isEmpty()) {
      return store().admit(token);
    }
    return isOpen() ? new Admission.Admitted(THIS_MACHINE) : new Admission.Unknown();
  }

  private boolean isOpen() {
    return loopback && store().tokens().isEmpty();
  }

  /** Whom it lets in, for people. */
  String says() {
    try {
      return counted();
    } catch (JournalException e) {
      return "who has a token cannot be told now (%s)".formatted(e.getMessage());
    }
  }

  private String counted() {
    List<IssuedToken> good =
        store().tokens().stream().filter(token -> token.revoked().isEmpty()).toList();
    if (isOpen()) {
      return "it listens on this machine only and asks for no token until one is given out";
    }
    return good.isEmpty()
        ? "no node has a token yet: smollama token create NAME"
        : good.size() == 1 ? "one node has a token" : good.size() + " nodes have a token";
  }

  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
