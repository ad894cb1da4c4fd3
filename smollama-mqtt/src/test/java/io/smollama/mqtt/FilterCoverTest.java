package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.TopicFilter;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterCoverTest {
  @ParameterizedTest
  @CsvSource({
    "#,     a/b,   true",
    "#,     $SYS/a, false",
    "a/#,   a,     true",
    "a/#,   a/+/c, true",
    "a/+,   a/#,   false",
    "+,     a,     true",
    "a,     +,     false",
    "+/b,   a/b,   true",
    "a/b,   a/b/c, false",
    "a/+/c, a/b/c, true",
  })
  void aFilterCoversAnother(String wide, String narrow, boolean covers) {
    assertThat(FilterCover.covers(wide, narrow)).isEqualTo(covers);
  }

  @Test
  void ofEqualsOneIsLeft() {
    List<TopicFilter> filters =
        Stream.of("a/b", "#", "+/#", "a/b", "$SYS/#").map(TopicFilter::new).toList();
    assertThat(FilterCover.of(filters)).containsExactlyInAnyOrder("#", "$SYS/#");
  }

  /** No topic is lost, whatever is listened to. */
  @Test
  void theFewestMeanTheSameTopics() {
    Random random = new Random(7);
    String[] parts = {"a", "b", "+", "#"};
    for (int round = 0; round < 2_000; round++) {
      List<TopicFilter> filters =
          IntStream.range(0, 4).mapToObj(i -> filter(random, parts)).toList();
      List<TopicFilter> fewest = FilterCover.of(filters).stream().map(TopicFilter::new).toList();
      for (String topic : new String[] {"a", "b", "a/b", "b/a", "a/a/b", "a/b/b/a", "$x/a"}) {
        assertThat(fewest.stream().anyMatch(f -> f.matches(topic)))
            .as("%s of %s for %s", fewest, filters, topic)
            .isEqualTo(filters.stream().anyMatch(f -> f.matches(topic)));
      }
    }
  }

  private static TopicFilter filter(Random random, String[] parts) {
    StringBuilder text = new StringBuilder(parts[random.nextInt(4)]);
    while (text.charAt(text.length() - 1) != '#' && random.nextBoolean()) {
      text.append('/').append(parts[random.nextInt(4)]);
    }
    return new TopicFilter(text.toString());
  }
}
