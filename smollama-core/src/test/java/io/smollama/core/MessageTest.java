package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
  @ParameterizedTest
  @CsvSource({
    "a/b,a/b,true",
    "a/b,a,false",
    "a/b,a/b/c,false",
    "a/+,a/b,true",
    "a/+,a/,true",
    "a/+,a,false",
    "+/b,a/b,true",
    "+,/a,false",
    "+/+,/a,true",
    "a/#,a/b/c,true",
    "a/#,a,true",
    "a/#,ab,false",
    "#,a/b,true",
    "#,$SYS/uptime,false",
    "+/uptime,$SYS/uptime,false",
    "$SYS/#,$SYS/uptime,true",
    "a/+/c/#,a/b/c,true",
    "a/+/c/#,a/b/d,false"
  })
  void aFilterMeansTopicsAsTheStandardSays(String filter, String topic, boolean meant) {
    assertThat(new TopicFilter(filter).matches(topic)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#", "#/a", "a/b+", "a+/b", "a/#/b", "a\0b"})
  void aFilterOfAnotherFormIsRefused(String filter) {
    assertThatThrownBy(() -> new TopicFilter(filter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic filter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/+", "#", "a\0"})
  void aTopicIsNoFilter(String topic) {
    assertThatThrownBy(() -> Message.event(topic, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic");
  }

  @Test
  void aPayloadIsBoundedAndMayBeNoText() {
    assertThatThrownBy(() -> Message.event("a", new byte[Message.MOST_BYTES + 1]))
        .hasMessageContaining("at most 262,144 bytes, had 262,145 under 'a'");
    assertThat(Message.event("a", new byte[] {(byte) 0xc3}).text()).isEmpty();
    assertThat(Message.event("a", "ü").text()).contains("ü");
  }

  @Test
  void areEqualByWhatTheySay() {
    Message on = Message.state("lamp", "on");
    assertThat(on)
        .isEqualTo(Message.state("lamp", "on"))
        .hasSameHashCodeAs(Message.state("lamp", "on"));
    assertThat(on).isNotEqualTo(Message.event("lamp", "on")).isNotEqualTo(on.asStored());
    byte[] taken = on.payload();
    taken[0] = 'x';
    assertThat(on.text()).contains("on");
  }
}
