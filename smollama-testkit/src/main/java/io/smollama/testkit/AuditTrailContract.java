package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link AuditTrail} does. One thread at a time. */
public abstract class AuditTrailContract {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final SourceId LAMP = SourceId.parse("gpio:18");
  private static final SourceId PUMP = SourceId.parse("gpio:23");

  private AuditTrail audit;

  /** A trail with nothing in it. */
  protected abstract AuditTrail open() throws Exception;

  @BeforeEach
  final void openTrail() throws Exception {
    audit = open();
  }

  @Test
  void givesEachRecordBackAsItWasNewestFirst() {
    Act meant =
        Act.of(LAMP, true, Caller.person("cli"), "it's \"dark\" ☘")
            .within(Duration.ofSeconds(90))
            .asMeant();
    ActRecord first = new ActRecord(NOON, meant, Verdict.DONE, "lamp is on", Optional.of(true));
    ActRecord second = refused(PUMP, Caller.model("tiny:1b"));
    ActRecord third = refused(LAMP, new Caller(Caller.Kind.LIMITS, "limits"));
    audit.record(first);
    audit.record(second);
    audit.record(third);
    assertThat(audit.latest(Optional.empty(), 9)).containsExactly(third, second, first);
    assertThat(audit.latest(Optional.empty(), 2)).containsExactly(third, second);
    assertThat(audit.latest(Optional.of(LAMP), 9)).containsExactly(third, first);
    assertThat(audit.latest(Optional.of(SourceId.parse("gpio:1")), 9)).isEmpty();
  }

  @Test
  void keepsWhatIsTheSameTwice() {
    ActRecord record = refused(PUMP, Caller.person("web"));
    audit.record(record);
    audit.record(record);
    assertThat(audit.latest(Optional.empty(), 9)).containsExactly(record, record);
  }

  private static ActRecord refused(SourceId target, Caller caller) {
    Act act = Act.of(target, false, caller, "");
    return new ActRecord(NOON, act, Verdict.REFUSED, "not now", Optional.empty());
  }
}
