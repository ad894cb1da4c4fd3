package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActuatorEnvelopeTest extends EnvelopeFixture {
  @Test
  void anActIsDoneReadBackAndAudited() {
    ActRecord done = ask(LAMP, true, MODEL);
    assertThat(done.verdict()).isEqualTo(Verdict.DONE);
    assertThat(done.isSuccess()).isTrue();
    assertThat(done.says()).isEqualTo("lamp is on");
    assertThat(ask(LAMP, true, PERSON).verdict()).isEqualTo(Verdict.UNCHANGED);
    assertThat(audit.records).hasSize(2).first().isEqualTo(done);
  }

  @Test
  void whatIsNoOutputIsNamedWithThoseThereAre() {
    assertThat(ask(SourceId.parse("gpio:5"), true, MODEL).says())
        .isEqualTo(
            "There is no output gpio:5; there is gpio:18 lamp, gpio:23 pump, gpio:24 valve, gpio:25 lock");
    assertThat(ask(SourceId.parse("gpio:17"), true, MODEL).says())
        .isEqualTo("gpio:17 (motion) is an input");
    assertThat(audit.records).extracting(ActRecord::verdict).containsOnly(Verdict.REFUSED);
  }

  @Test
  void anOutputThatDoesNotFollowIsSaidToFail() {
    board.broken.put(18, "stuck");
    assertThat(ask(LAMP, true, PERSON))
        .satisfies(
            record -> {
              assertThat(record.verdict()).isEqualTo(Verdict.FAILED);
              assertThat(record.says()).isEqualTo("It was switched on and reads off");
              assertThat(record.isSuccess()).isFalse();
            });
    board.broken.put(18, "fails");
    assertThat(ask(LAMP, true, PERSON).says())
        .isEqualTo("It could not be switched: gpio: the line is taken");
  }

  @Test
  void startAndExitBringOutputsToHowTheyAreToBe() {
    board.set(18, true);
    board.set(23, true);
    board.set(24, true);
    envelope.start();
    assertThat(List.of(board.isHigh(18), board.isHigh(23), board.isHigh(24)))
        .containsExactly(false, false, true);
    ask(LAMP, true, PERSON);
    envelope.close();
    envelope.close();
    assertThat(board.isHigh(18)).isFalse();
    assertThat(board.isHigh(24)).isTrue();
    assertThat(ask(LAMP, true, PERSON).says()).isEqualTo("The node is ending");
    assertThat(audit.records.get(0).act().reason()).isEqualTo("it is off at start");
  }

  @Test
  void anOutputThatIsNotThereAtTheStartIsSeenToWhenItIs() {
    board.set(18, true);
    board.broken.put(18, "unreadable");
    envelope.start();
    pass(Duration.ofSeconds(1));
    assertThat(envelope.outputs().get(0).fault()).isEqualTo("gpio: the line is gone");
    board.broken.clear();
    pass(Duration.ofSeconds(1));
    assertThat(board.isHigh(18)).isFalse();
    ask(LAMP, true, PERSON);
    pass(Duration.ofSeconds(1));
    assertThat(board.isHigh(18)).isTrue();
    assertThat(envelope.outputs().get(0).fault()).isEmpty();
  }

  @Test
  void whatTheAuditWillNeverKeepBlocksNothing() {
    audit.refuses = "because";
    assertThat(ask(LAMP, true, PERSON).isSuccess()).isTrue();
    audit.refuses = "nothing";
    assertThat(ask(LAMP, false, PERSON).isSuccess()).isTrue();
    assertThat(audit.records).extracting(record -> record.act().on()).containsExactly(false);
  }

  @Test
  void aNeighbourThatCannotBeReadIsAReasonToRefuse() {
    board.broken.put(23, "unreadable");
    assertThat(ask(SourceId.parse("gpio:24"), true, PERSON).says())
        .isEqualTo("It cannot be read: gpio: the line is gone");
  }

  @Test
  void whatTheAuditCannotKeepNowIsKeptLater() {
    audit.full = true;
    assertThat(ask(LAMP, true, PERSON).isSuccess()).isTrue();
    assertThat(ask(LAMP, false, PERSON).isSuccess()).isTrue();
    audit.full = false;
    pass(Duration.ofSeconds(1));
    assertThat(audit.records).extracting(record -> record.act().on()).containsExactly(true, false);
  }

  @Test
  void whoAsksInVainAgainAndAgainFillsNoAudit() {
    for (int i = 0; i < 500; i++) {
      ask(LOCK, true, MODEL);
      pass(Duration.ofMillis(100));
    }
    pass(Duration.ofMinutes(1));
    ask(LOCK, true, MODEL);
    assertThat(audit.records).hasSize(2);
    assertThat(audit.records.get(1).says()).endsWith("(and 499 times more before)");
  }
}
