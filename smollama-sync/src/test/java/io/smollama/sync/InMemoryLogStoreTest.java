package io.smollama.sync;

import java.util.List;

class InMemoryLogStoreTest extends LogStoreContract {
  private InMemoryLogStore store = Lines.store(1);

  @Override
  LogStore open(Self self) {
    store = new InMemoryLogStore(self);
    return store;
  }

  @Override
  LogStore reopened() {
    return store;
  }

  @Override
  List<Quarantined> quarantine() {
    return store.quarantine();
  }
}
