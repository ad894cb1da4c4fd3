package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.ChainId;
import io.smollama.core.SourceId;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActAuditTest extends MemoryFixture {
  private static final SourceId LAMP = SourceId.parse("gpio:18");
  private static final SourceId PUMP = SourceId.parse("gpio:23");

  private ActRecord done(Act act) {
    return new ActRecord(clock.instant(), act, Verdict.DONE, "it is so", Optional.of(act.on()));
  }

  private ActRecord refused(Act act) {
    return new ActRecord(clock.instant(), act, Verdict.REFUSED, "not now", Optional.empty());
  }

  @Test
  void givesBackWhatItKeepsNewestFirst() throws Exception {
    ActRecord lamp =
        done(Act.of(LAMP, true, Caller.person("cli"), "").within(Duration.ofMinutes(5)).asMeant());
    ActRecord pump = refused(Act.of(PUMP, false, Caller.model("llama3.2:1b"), "it is wet"));
    store.audit().record(lamp);
    store.audit().record(pump);
    AuditTrail audit = store.audit();
    assertThat(audit.latest(Optional.empty(), 9)).containsExactly(pump, lamp);
    assertThat(audit.latest(Optional.empty(), 1)).containsExactly(pump);
    assertThat(audit.latest(Optional.of(LAMP), 9)).containsExactly(lamp);

    store.close();
    Files.delete(file());
    open();
    assertThat(store.audit().latest(Optional.empty(), 9)).containsExactly(pump, lamp);
    assertThat(store.stats().observations()).isZero();
  }

  @Test
  void passesOverWhatOthersDidAndWhatMakesNoSense() {
    for (String payload :
        new String[] {
          "{}", "5", "{\"node\":\"other\",\"target\":\"gpio:18\",\"caller\":\"person\"}"
        }) {
      journal.append(ChainId.KNOWLEDGE, "act.audit", payload);
    }
    store.catchUp();
    assertThat(store.audit().latest(Optional.empty(), 9)).isEmpty();
  }
}
