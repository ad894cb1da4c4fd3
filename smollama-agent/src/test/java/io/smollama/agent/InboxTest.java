package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.agent.Inbox.Offer;
import io.smollama.agent.InboxEntry.State;
import io.smollama.agent.Trigger.Kind;
import io.smollama.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(NOON);
  private Inbox inbox;

  @BeforeEach
  void open() {
    inbox = Inbox.open(folder.resolve("inbox.sqlite"), clock);
  }

  @AfterEach
  void close() {
    inbox.close();
  }

  private void killedAndStartedAgain() {
    inbox.close();
    open();
  }

  private static Trigger message(String topic, String text) {
    return Trigger.of(Kind.MESSAGE, topic, text, true);
  }

  private List<String> texts(List<InboxEntry> entries) {
    return entries.stream().map(entry -> entry.trigger().text()).toList();
  }

  private State stateOf(String key) {
    return inbox.latest(2_000).stream()
        .filter(entry -> entry.trigger().key().equals(key))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void theMostUrgentGoesFirstThenTheOldest() {
    inbox.offer(message("a", "first"));
    inbox.offer(message("b", "second"));
    inbox.offer(Trigger.of(Kind.ALARM, "system:cpu_temp", "hot", true));
    assertThat(texts(inbox.next())).containsExactly("hot");
    assertThat(texts(inbox.next())).containsExactly("first");
    assertThat(texts(inbox.next())).containsExactly("second");
    assertThat(inbox.next()).isEmpty();
  }

  @Test
  void whatComesUnderTheSameKeyJoinsWhatWaits() {
    assertThat(inbox.offer(message("door", "opened"))).isEqualTo(Offer.TAKEN);
    clock.advance(Duration.ofMinutes(1));
    assertThat(inbox.offer(Trigger.of(Kind.MESSAGE, "door", "closed", false)))
        .isEqualTo(Offer.JOINED);
    InboxEntry entry = inbox.next().get(0);
    assertThat(entry.trigger().text()).isEqualTo("closed");
    assertThat(entry.trigger().trusted()).as("as trusted as the least of them").isFalse();
    assertThat(entry.count()).isEqualTo(2);
    assertThat(entry.first()).isEqualTo(NOON);
    assertThat(entry.last()).isEqualTo(NOON.plusSeconds(60));
    assertThat(inbox.offer(message("door", "opened again"))).isEqualTo(Offer.TAKEN);
  }

  @Test
  void muchThatWaitsIsGivenOutTogether() {
    for (int i = 0; i < 25; i++) {
      inbox.offer(message("topic/" + i, "text " + i));
    }
    assertThat(inbox.next()).hasSize(20);
    assertThat(inbox.next()).hasSize(5);
  }

  @Test
  void aQuestionIsNeverOneOfMany() {
    for (int i = 0; i < 5; i++) {
      inbox.offer(message("topic/" + i, "text"));
    }
    inbox.offer(Trigger.of(Kind.QUESTION, "person", "how warm is it", true));
    assertThat(texts(inbox.next())).containsExactly("how warm is it");
  }

  @Nested
  class WhenAMessageIsDeliveredTwice {
    @Test
    void itsIdTellsItAlsoMuchLater() {
      Trigger first =
          new Trigger(Kind.MESSAGE, "door", "x", true, Duration.ofHours(1), Optional.of("17"));
      assertThat(inbox.offer(first)).isEqualTo(Offer.TAKEN);
      inbox.done(inbox.next(), "noted");
      killedAndStartedAgain();
      clock.advance(Duration.ofDays(1));
      assertThat(inbox.offer(first)).isEqualTo(Offer.REPEATED);
    }

    @Test
    void withoutOneItsWordsDoForSomeSeconds() {
      inbox.offer(message("door", "opened"));
      inbox.done(inbox.next(), "noted");
      clock.advance(Duration.ofSeconds(3));
      assertThat(inbox.offer(message("door", "opened"))).isEqualTo(Offer.REPEATED);
      clock.advance(Duration.ofSeconds(3));
      assertThat(inbox.offer(message("door", "opened"))).isEqualTo(Offer.TAKEN);
    }
  }

  @Nested
  class WhenTheProcessDies {
    @Test
    void aFileThatIsNoneIsKeptAndBegunAnew() throws Exception {
      Path file = folder.resolve("broken.sqlite");
      Files.writeString(file, "no database ".repeat(100));
      try (Inbox anew = Inbox.open(file, clock)) {
        anew.offer(message("door", "opened"));
        assertThat(anew.waiting()).isOne();
      }
      assertThat(folder.resolve("broken.sqlite.damaged")).hasContent("no database ".repeat(100));
    }

    @Test
    void whatWaitsWaits() {
      inbox.offer(message("door", "opened"));
      killedAndStartedAgain();
      assertThat(texts(inbox.next())).containsExactly("opened");
    }

    @Test
    void whatAModelWasAtIsTriedAgainThreeTimesInAll() {
      inbox.offer(message("door", "poison"));
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(inbox.next().get(0).attempts()).isEqualTo(attempt);
        killedAndStartedAgain();
      }
      assertThat(inbox.next()).isEmpty();
      assertThat(stateOf("door")).isEqualTo(State.GIVEN_UP);
    }

    @Test
    void thePersonWhoAskedHasGone() {
      inbox.begin(Trigger.of(Kind.QUESTION, "person", "how warm is it", true));
      killedAndStartedAgain();
      assertThat(inbox.next()).isEmpty();
      assertThat(stateOf("person")).isEqualTo(State.EXPIRED);
    }
  }

  @Test
  void aModelThatIsAwayIsNoAttempt() {
    inbox.offer(message("door", "opened"));
    for (int i = 0; i < 10; i++) {
      inbox.postpone(inbox.next());
    }
    assertThat(inbox.next().get(0).attempts()).isEqualTo(1);
  }

  @Test
  void whatFailedJoinsWhatCameMeanwhile() {
    inbox.offer(message("door", "opened"));
    List<InboxEntry> begun = inbox.next();
    clock.advance(Duration.ofMinutes(1));
    inbox.offer(message("door", "closed"));
    inbox.fail(begun, "nonsense");
    InboxEntry entry = inbox.next().get(0);
    assertThat(entry.trigger().text()).isEqualTo("closed");
    assertThat(entry.count()).isEqualTo(2);
    assertThat(entry.first()).isEqualTo(NOON);
    assertThat(entry.attempts()).isEqualTo(2);
    assertThat(inbox.next()).isEmpty();
  }

  @Test
  void whatNobodyNeedsAnyMoreIsNotAsked() {
    inbox.offer(message("door", "opened"));
    clock.advance(Duration.ofHours(6));
    assertThat(inbox.next()).isEmpty();
    assertThat(stateOf("door")).isEqualTo(State.EXPIRED);
  }

  @Test
  void whenItIsFullTheLeastUrgentGoesAndIsCounted() {
    inbox.offer(Trigger.of(Kind.SCHEDULE, "hourly", "look", true));
    for (int i = 0; i < 999; i++) {
      inbox.offer(Trigger.of(Kind.EDGE, "gpio:" + i, "on", true));
    }
    assertThat(inbox.offer(message("door", "opened"))).isEqualTo(Offer.TAKEN);
    assertThat(inbox.offer(message("window", "opened"))).isEqualTo(Offer.TAKEN);
    assertThat(inbox.offer(Trigger.of(Kind.SCHEDULE, "daily", "look", true)))
        .isEqualTo(Offer.DROPPED);
    assertThat(inbox.waiting()).isEqualTo(1_000);
    assertThat(inbox.dropped()).isEqualTo(Map.of(Kind.SCHEDULE, 2L, Kind.MESSAGE, 1L));
    assertThat(inbox.says())
        .isEqualTo(
            "1,000 waiting; dropped for want of room: 1 of kind MESSAGE, 2 of kind SCHEDULE");
  }

  @Test
  void whatWasAnsweredIsKeptForAWhile() {
    for (int i = 0; i < 1_100; i++) {
      inbox.offer(message("topic", "text " + i));
      inbox.done(inbox.next(), "answer " + i);
    }
    List<InboxEntry> latest = inbox.latest(2_000);
    assertThat(latest).hasSize(1_000);
    assertThat(latest.get(0).outcome()).contains("answer 1099");
  }

  @Test
  void aFileOfALaterVersionIsLeftAlone() throws Exception {
    Path later = folder.resolve("later.sqlite");
    try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + later)) {
      file.createStatement().execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> Inbox.open(later, clock))
        .isInstanceOf(InboxException.class)
        .hasMessageContaining("later.sqlite")
        .hasMessageContaining("version 99");
  }
}
