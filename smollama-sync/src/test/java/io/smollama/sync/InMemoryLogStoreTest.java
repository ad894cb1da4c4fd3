package io.smollama.sync;

class InMemoryLogStoreTest extends LogStoreContract {
  @Override
  LogStore open(Self self) {
    return new InMemoryLogStore(self);
  }
}
