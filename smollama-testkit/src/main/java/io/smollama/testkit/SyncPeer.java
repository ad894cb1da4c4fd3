package io.smollama.testkit;

import io.smollama.core.SyncException;
import io.smollama.core.SyncTransport;

/**
 * The other end of a {@link SyncTransport}. A {@link SyncException} that it throws is what the
 * asker gets. Thread-safe.
 */
@FunctionalInterface
public interface SyncPeer {
  /** Answers a message. */
  byte[] answer(SyncTransport.Call call, byte[] message);
}
