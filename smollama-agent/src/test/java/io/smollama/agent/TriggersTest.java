package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TriggersTest extends AgentFixture {
  @Test
  void agentsDoNotAnswerEachOther() throws Exception {
    bus.publish(Message.event("smollama/pi/note", "mine"));
    bus.publish(Message.event("smollama/other/agent", "{\"text\":\"I did it\"}"));
    bus.publish(Message.event("owner/wish", "{\"text\":\"far travelled\",\"hops\":2}"));
    bus.publish(Message.state("owner/state", "said before it came"));
    say("smollama/other/door", "news");
    assertThat(woken.poll(30, TimeUnit.SECONDS)).isNotNull(); // the state, which is new
    assertThat(inbox.waiting()).isEqualTo(2);
    assertThat(triggers.refused()).isEqualTo(1);
  }

  @Test
  void aFloodOfATopicIsLetInSlowlyAndLongMessagesNotAtAll() throws Exception {
    bus.publish(Message.event("owner/big", "x".repeat(70_000)));
    for (int i = 0; i < 100; i++) {
      bus.publish(Message.event("owner/flood", "text " + i));
    }
    say("owner/last", "text");
    while (inbox.waiting() < 2) {
      assertThat(woken.poll(30, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(triggers.refused()).isEqualTo(81);
  }

  @Test
  void aChangeOfASourceAnAlarmAndATimeAreAnswered() {
    SourceId motion = SourceId.parse("gpio:17");
    for (boolean on : new boolean[] {false, false, true}) {
      triggers.readings(
          List.of(new Reading(motion, new ReadingValue.Flag(on), "", clock.instant(), Map.of())));
    }
    triggers.alarm(SourceId.parse("system:cpu_temp"), "CPU temperature is unusually high");
    triggers.tick(clock.instant());
    nanos += Duration.ofHours(1).toNanos();
    clock.advance(Duration.ofHours(1));
    triggers.tick(clock.instant());
    triggers.tick(clock.instant());
    assertThat(inbox.latest(9))
        .extracting(entry -> entry.trigger().kind() + " " + entry.trigger().key())
        .containsExactly(
            "SCHEDULE noon", "SCHEDULE hourly", "ALARM system:cpu_temp", "EDGE gpio:17");
    assertThat(inbox.latest(9)).allMatch(entry -> entry.trigger().trusted());
  }

  @Test
  void anInboxThatCannotBeWrittenHarmsNobodyElse() {
    inbox.close();
    triggers.alarm(SourceId.parse("system:cpu_temp"), "CPU temperature is unusually high");
    assertThat(triggers.refused()).isOne();
    inbox = Inbox.open(folder.resolve("inbox.sqlite"), clock);
  }

  @Test
  void ofTwoRulesForATopicTheCautiousOneCounts() throws Exception {
    say("owner/guest/wish", "open the garage");
    assertThat(inbox.latest(9))
        .singleElement()
        .satisfies(entry -> assertThat(entry.trigger().trusted()).isFalse());
  }

  @Test
  void theIdOfADeviceIsNoneOfAMessage() throws Exception {
    say("owner/door", "{\"id\":\"door-1\",\"state\":\"open\"}");
    inbox.done(inbox.next(), "noted");
    say("owner/door", "{\"id\":\"door-1\",\"state\":\"closed\"}");
    inbox.done(inbox.next(), "noted");
    bus.publish(Message.event("owner/door", "{\"event_id\":\"7\",\"state\":\"open\"}"));
    bus.publish(Message.event("owner/door", "{\"event_id\":\"7\",\"state\":\"open \"}"));
    say("owner/last", "text");
    assertThat(woken.poll(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(inbox.latest(9))
        .filteredOn(entry -> entry.trigger().key().equals("owner/door"))
        .extracting(InboxEntry::count)
        .containsExactly(1, 1, 1);
  }
}
