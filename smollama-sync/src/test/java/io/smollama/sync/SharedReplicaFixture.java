package io.smollama.sync;

import io.smollama.core.NewEntry;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Two folders for journals, and an exchange between replicas that threads share. */
abstract class SharedReplicaFixture {
  static final long ALL = Long.MAX_VALUE;

  @TempDir Path folder;
  @TempDir Path elsewhere;

  static List<NewEntry> one(String type) {
    return List.of(new NewEntry(type, "{}"));
  }

  static void exchange(SharedReplica asking, SharedReplica answering) {
    Exchange exchange = asking.exchange(ALL);
    for (var next = exchange.next(asking.now());
        next.isPresent();
        next = exchange.next(asking.now())) {
      SyncMessage message = next.get();
      if (message instanceof Hello hello) {
        exchange.accept(answering.answer(hello, ALL), asking.now());
      } else if (message instanceof Pull pull) {
        exchange.accept(answering.answer(pull), asking.now());
      } else {
        exchange.accept(answering.answer((Push) message, ALL), asking.now());
      }
    }
  }
}
