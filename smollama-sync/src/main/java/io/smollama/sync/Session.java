package io.smollama.sync;

/**
 * Who writes to a journal file since it was last opened. Immutable.
 *
 * @param boot counts the times that it was opened
 */
record Session(Self self, long boot) {
  Session withLamport(long lamport) {
    return new Session(new Self(self.origin(), self.incarnation(), lamport), boot);
  }
}
