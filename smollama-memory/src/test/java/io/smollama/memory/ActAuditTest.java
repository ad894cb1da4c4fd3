package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import io.smollama.testkit.AuditTrailContract;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActAuditTest extends MemoryFixture {
  private static final SourceId LAMP = SourceId.parse("gpio:18");

  /** The trail in the journal of a node. */
  @Nested
  class InTheJournal extends AuditTrailContract {
    @TempDir Path folder;
    private MemoryStore store;

    @Override
    protected AuditTrail open() {
      ManualClock clock = new ManualClock();
      store =
          MemoryStore.open(
              folder.resolve("memory.sqlite"),
              new InMemoryJournal(clock),
              Optional.empty(),
              clock,
              new MemoryStore.Settings("pi", MemoryConfig.defaults()));
      return store.audit();
    }

    @AfterEach
    void close() {
      store.close();
    }
  }

  @Test
  void comesBackFromTheJournalWhenTheFileIsLost() throws Exception {
    Act act = Act.of(LAMP, true, Caller.person("cli"), "");
    ActRecord done = new ActRecord(clock.instant(), act, Verdict.DONE, "", Optional.of(true));
    store.audit().record(done);
    store.close();
    Files.delete(file());
    open();
    assertThat(store.audit().latest(Optional.of(LAMP), 9)).containsExactly(done);
    assertThat(store.stats().observations()).isZero();
  }

  @Test
  void passesOverWhatOthersDidAndWhatMakesNoSense() {
    journal.append(ChainId.KNOWLEDGE, "act.audit", "{}");
    journal.append(ChainId.KNOWLEDGE, "act.audit", "5");
    InMemoryJournal other = new InMemoryJournal(new ReplicaId("cc".repeat(16)), clock);
    String sound =
        "{\"target\":\"gpio:18\",\"on\":true,\"caller\":\"person\",\"caller_name\":\"x\",\"verdict\":\"done\"}";
    journal.take(other.append(ChainId.KNOWLEDGE, "act.audit", sound));
    store.catchUp();
    assertThat(store.audit().latest(Optional.empty(), 9)).isEmpty();
    journal.append(ChainId.KNOWLEDGE, "act.audit", sound);
    store.catchUp();
    assertThat(store.audit().latest(Optional.empty(), 9)).hasSize(1);
  }
}
