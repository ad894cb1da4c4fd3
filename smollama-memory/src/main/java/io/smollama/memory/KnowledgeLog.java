package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;

/** Where knowledge is written: to the journal first, and from there to the tables. */
final class KnowledgeLog {
  private final Journal journal;
  private final Runnable catchUp;
  private final String node;

  KnowledgeLog(Journal journal, Runnable catchUp, String node) {
    this.journal = journal;
    this.catchUp = catchUp;
    this.node = node;
  }

  /** The name of this node, which it writes on what it records. */
  String node() {
    return node;
  }

  /** Under which name it is written now. */
  ReplicaId origin() {
    return journal.origin();
  }

  /** Appends an entry and applies it. */
  JournalEntry append(String type, String payload) {
    JournalEntry entry = journal.append(ChainId.KNOWLEDGE, type, payload);
    catchUp.run();
    return entry;
  }
}
