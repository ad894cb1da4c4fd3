package io.smollama.sync;

import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresLogStoreTest extends LogStoreContract {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private PostgresLogStore store;

  @Override
  LogStore open(Self self) {
    store = POSTGRES.store(self);
    return store;
  }

  @Override
  LogStore reopened() {
    return POSTGRES.store(new Self(Lines.replicaId(99), 9, 999));
  }

  @Override
  List<Quarantined> quarantine() {
    return store.quarantine();
  }
}
