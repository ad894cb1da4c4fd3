package io.smollama.sync;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many bytes of new entries each peer may still bring: a day's worth at first, growing back
 * evenly over a day. Kept in memory only, so it starts anew with the process. Thread-safe.
 */
public final class CreditAccounts {
  private static final double DAY_NANOS = 24 * 3600 * 1e9;

  private final long bytesPerDay;
  private final LongSupplier nanos;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();

  /**
   * Accounts that are all full.
   *
   * @param bytesPerDay what a peer may bring in a day; an entry counts its payload and 400
   * @param nanos a clock that never goes back, {@code System::nanoTime}
   */
  public CreditAccounts(long bytesPerDay, LongSupplier nanos) {
    if (bytesPerDay < 1) {
      throw new IllegalArgumentException("A day's credit is at least a byte, was " + bytesPerDay);
    }
    this.bytesPerDay = bytesPerDay;
    this.nanos = nanos;
  }

  private record Account(double left, long at) {}

  /** What a peer may bring now. */
  public long left(String peer) {
    return (long) change(peer, 0).left();
  }

  /**
   * Takes as much of what is wanted as there is; {@link #giveBack} what was not needed.
   *
   * @return what was taken, in bytes
   */
  public long reserve(String peer, long wanted) {
    long[] taken = {0};
    accounts.compute(
        peer,
        (name, account) -> {
          Account now = grown(account);
          taken[0] = Math.min(wanted, (long) now.left());
          return new Account(now.left() - taken[0], now.at());
        });
    return taken[0];
  }

  /** Returns what was reserved and not used. */
  public void giveBack(String peer, long unused) {
    change(peer, unused);
  }

  private Account change(String peer, long by) {
    return accounts.compute(
        peer,
        (name, account) -> {
          Account now = grown(account);
          return new Account(Math.min(bytesPerDay, now.left() + by), now.at());
        });
  }

  private Account grown(@org.jspecify.annotations.Nullable Account account) {
    long now = nanos.getAsLong();
    if (account == null) {
      return new Account(bytesPerDay, now);
    }
    double grown = account.left() + (now - account.at()) / DAY_NANOS * bytesPerDay;
    return new Account(Math.min(bytesPerDay, grown), now);
  }
}
