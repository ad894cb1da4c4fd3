package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Message;
import io.smollama.core.TopicFilter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentMessagesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final RecentMessages recent = new RecentMessages(2, 3, () -> NOON);

  private List<String> texts(String filter, int limit) {
    return recent.newest(new TopicFilter(filter), limit).stream()
        .map(heard -> heard.topic() + " " + heard.text())
        .toList();
  }

  @Test
  void theNewestOfEachTopicAreGivenFirst() {
    recent.take(Message.event("home/door", "1"));
    recent.take(Message.event("home/window", "1"));
    recent.take(Message.event("home/door", "2"));
    recent.take(Message.event("home/door", "3"));
    assertThat(texts("home/#", 10)).containsExactly("home/door 3", "home/door 2", "home/window 1");
    assertThat(texts("home/#", 1)).containsExactly("home/door 3");
    assertThat(texts("home/window", 10)).containsExactly("home/window 1");
    assertThat(texts("garden/#", 10)).isEmpty();
  }

  @Test
  void theTopicThatWasSilentLongestGoes() {
    for (String topic : List.of("a", "b", "c", "a", "d")) {
      recent.take(Message.event(topic, "x"));
    }
    assertThat(texts("#", 10)).containsExactly("d x", "a x", "c x", "a x");
  }

  @Test
  void whatIsLongOrNoTextIsShortened() {
    recent.take(Message.event("long", "😀".repeat(400)));
    recent.take(Message.event("bytes", new byte[] {(byte) 0xff, 0}));
    recent.take(Message.event("odd", "x" + "😀".repeat(400)));
    assertThat(texts("bytes", 1)).containsExactly("bytes 2 bytes");
    assertThat(texts("long", 1)).containsExactly("long " + "😀".repeat(250) + "…");
    assertThat(texts("odd", 1)).containsExactly("odd x" + "😀".repeat(249) + "…");
  }

  @Test
  void storedOnesAreMarkedAndTimesAreKept() {
    recent.take(Message.state("lamp", "on").asStored());
    RecentMessages.Heard heard = recent.newest(new TopicFilter("#"), 1).get(0);
    assertThat(heard.stored()).isTrue();
    assertThat(heard.at()).isEqualTo(NOON);
  }

  @Test
  void aLimitIsAboveZero() {
    assertThatThrownBy(() -> recent.newest(new TopicFilter("#"), 0)).hasMessageContaining("was 0");
  }
}
