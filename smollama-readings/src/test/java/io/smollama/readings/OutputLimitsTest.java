package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.Caller;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputLimitsTest extends EnvelopeFixture {
  @Test
  void anOutputGoesOffByItselfWhenItsTimeIsUp() {
    assertThat(ask(PUMP, true, PERSON).says()).isEqualTo("pump is on, for 10 min");
    pass(Duration.ofSeconds(599));
    assertThat(board.isHigh(23)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(board.isHigh(23)).isFalse();
    ActRecord last = audit.records.get(1);
    assertThat(last.act().caller().kind()).isEqualTo(Caller.Kind.LIMITS);
    assertThat(last.act().reason()).isEqualTo("its time is up");
  }

  @Test
  void askingAgainNeverMakesItLongerThanItMay() {
    ask(PUMP, true, MODEL);
    for (int i = 0; i < 9; i++) {
      pass(Duration.ofMinutes(1));
      assertThat(ask(PUMP, true, MODEL).isSuccess()).isTrue();
    }
    pass(Duration.ofMinutes(1));
    assertThat(board.isHigh(23)).isFalse();
    assertThat(ask(PUMP, true, MODEL).says())
        .isEqualTo("it stays off for 30 s at least; again in 30 s");
  }

  @Test
  void onlyAPersonMakesALeaseLonger() {
    envelope.act(Act.of(LAMP, true, PERSON, "").within(Duration.ofMinutes(10)));
    ask(LAMP, true, MODEL);
    envelope.act(Act.of(LAMP, true, MODEL, "").within(Duration.ofHours(9)));
    assertThat(envelope.outputs().get(0).offIn()).contains(Duration.ofMinutes(10));
    envelope.act(Act.of(LAMP, true, MODEL, "").within(Duration.ofMinutes(2)));
    assertThat(envelope.outputs().get(0).offIn()).contains(Duration.ofMinutes(2));
    envelope.act(Act.of(LAMP, true, PERSON, "").within(Duration.ofMinutes(30)));
    assertThat(envelope.outputs().get(0).offIn()).contains(Duration.ofMinutes(30));
  }

  @Test
  void aLeaseMayBeShorter() {
    envelope.act(Act.of(PUMP, true, MODEL, "").within(Duration.ofSeconds(20)));
    assertThat(envelope.outputs().get(1).offIn()).contains(Duration.ofSeconds(20));
    pass(Duration.ofSeconds(20));
    assertThat(board.isHigh(23)).isFalse();
  }

  @Test
  void itStaysOnAndOffForAtLeastSoLong() {
    ask(PUMP, true, PERSON);
    pass(Duration.ofSeconds(4));
    assertThat(ask(PUMP, false, PERSON).says())
        .isEqualTo("it stays on for 10 s at least; again in 6 s");
    pass(Duration.ofSeconds(6));
    assertThat(ask(PUMP, false, PERSON).verdict()).isEqualTo(Verdict.DONE);
    assertThat(ask(PUMP, true, PERSON).verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void anHourHasSoManyActsAndGoingOffAlwaysMay() {
    for (int i = 0; i < 10; i++) {
      assertThat(ask(PUMP, true, PERSON).verdict()).isEqualTo(Verdict.DONE);
      pass(Duration.ofSeconds(30));
      assertThat(ask(PUMP, false, PERSON).verdict()).isEqualTo(Verdict.DONE);
      pass(Duration.ofSeconds(30));
    }
    assertThat(ask(PUMP, true, PERSON).says()).startsWith("it was switched 20 times in an hour");
    pass(Duration.ofMinutes(50));
    assertThat(ask(PUMP, true, PERSON).verdict()).isEqualTo(Verdict.DONE);
  }

  @Test
  void whatIsNeverTogetherIsNotWhicheverComesFirst() {
    ask(PUMP, true, PERSON);
    assertThat(ask(VALVE, true, MODEL).says())
        .isEqualTo("never together with gpio:23, which is on");
    pass(Duration.ofSeconds(30));
    ask(PUMP, false, PERSON);
    assertThat(ask(VALVE, true, MODEL).verdict()).isEqualTo(Verdict.DONE);
    pass(Duration.ofSeconds(60));
    assertThat(ask(PUMP, true, PERSON).says())
        .isEqualTo("never together with gpio:24, which is on");
  }

  @Test
  void whatIsHazardousIsForAPersonWhoMeansIt() {
    assertThat(ask(LOCK, true, MODEL).says()).startsWith("lock is hazardous: a person has to");
    assertThat(ask(LOCK, true, PERSON).verdict()).isEqualTo(Verdict.REFUSED);
    assertThatThrownBy(() -> Act.of(LOCK, true, MODEL, "").asMeant())
        .hasMessageStartingWith("Only a person confirms");
    assertThat(envelope.act(Act.of(LOCK, true, PERSON, "").asMeant()).isSuccess()).isTrue();
    assertThat(ask(LOCK, false, MODEL).isSuccess()).isTrue();
  }

  @Test
  void noOrderOfActsBreaksALimit() {
    Random random = new Random(11);
    Instant since = clock.instant();
    for (int i = 0; i < 20_000; i++) {
      SourceId target = random.nextBoolean() ? PUMP : VALVE;
      Act act = Act.of(target, random.nextInt(3) > 0, MODEL, "");
      envelope.act(random.nextInt(4) == 0 ? act.within(Duration.ofSeconds(900)) : act);
      pass(Duration.ofSeconds(1 + random.nextInt(20)));
      assertThat(board.isHigh(23) && board.isHigh(24)).isFalse();
      since = board.isHigh(23) ? since : clock.instant();
      assertThat(Duration.between(since, clock.instant())).isLessThan(Duration.ofSeconds(620));
    }
    Map<Long, Long> anHour = new HashMap<>();
    audit.records.stream()
        .filter(r -> r.verdict() == Verdict.DONE && r.act().target().equals(PUMP) && r.act().on())
        .forEach(r -> anHour.merge(r.time().getEpochSecond() / 3600, 1L, Long::sum));
    assertThat(anHour.values()).isNotEmpty().allMatch(times -> times <= 20);
  }
}
