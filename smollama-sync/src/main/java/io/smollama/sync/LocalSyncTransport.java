package io.smollama.sync;

import io.smollama.core.JournalException;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Leads to another log that this process has open, such as one in a database that servers share: no
 * network is between, and no credit is counted. A close lets what is under way be answered.
 * Thread-safe.
 */
public final class LocalSyncTransport implements SyncTransport {
  private static final String PEER = "this process";

  private final String name;
  private final Supplier<SharedReplica> log;
  private final CreditAccounts credits = new CreditAccounts(Long.MAX_VALUE, () -> 0);
  private volatile boolean closed;

  /**
   * A transport to a log.
   *
   * @param name whom it leads to, for people
   * @param log the other log, each time that it is asked; a {@link JournalException} says that it
   *     cannot be had
   */
  public LocalSyncTransport(String name, Supplier<SharedReplica> log) {
    this.name = Objects.requireNonNull(name, "name");
    this.log = Objects.requireNonNull(log, "log");
  }

  @Override
  public String peer() {
    return name;
  }

  @Override
  public byte[] ask(Call call, byte[] message) {
    if (closed) {
      throw new SyncException(name, Fault.UNREACHABLE, "the transport was closed");
    }
    try {
      return new Answering(log.get(), SyncScope.ALL, credits, PEER)
          .answer(SyncWire.decode(message));
    } catch (JournalException e) {
      String why = e.getMessage().substring(e.culprit().length() + 2); // it is named already
      throw new SyncException(name, e.isRetryable() ? Fault.BUSY : Fault.BROKEN, why, e);
    } catch (MalformedMessageException e) {
      throw new SyncException(
          name, e.isTooLarge() ? Fault.TOO_LARGE : Fault.BROKEN, e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
