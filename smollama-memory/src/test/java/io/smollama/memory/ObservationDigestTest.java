package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservationDigestTest {
  private static Observation at(String day, String text) {
    return ObservationFixtures.observation(
        new EntryId("ab".repeat(32)), text, Optional.of(Instant.parse(day + "T12:00:00Z")));
  }

  @Test
  void sumsUpWhatDiffersInNumbersOnly() {
    assertThat(
            ObservationDigest.of(
                List.of(
                    at("2026-03-02", "CPU load 3.4 is unusually high"),
                    at("2026-03-04", "The door was left open"),
                    at("2026-03-03", "CPU load 7.25 is unusually high"),
                    at("2026-03-05", "CPU load 2 is unusually high"))))
        .isEqualTo(
            "2 Mar 2026 to 5 Mar 2026, 4 observations: 3 × CPU load 2–7.25 is unusually high;"
                + " The door was left open");
  }

  @Test
  void keepsANumberThatNeverVaried() {
    assertThat(
            ObservationDigest.of(
                List.of(at("2026-03-02", "Pin 17 changed"), at("2026-03-02", "Pin 17 changed"))))
        .isEqualTo("2 Mar 2026, 2 observations: 2 × Pin 17 changed");
  }

  @Test
  void staysWithinTheBoundsOfAText() {
    List<Observation> many = new ArrayList<>();
    for (char c = 'a'; c <= 'z'; c++) {
      many.add(at("2026-03-02", Character.toString(c).repeat(3_000)));
    }
    assertThat(ObservationDigest.of(many)).hasSizeLessThanOrEqualTo(KnowledgeText.LONGEST);
    assertThat(ObservationDigest.of(many.subList(0, 1))).startsWith("2 Mar 2026, 1 observation: a");
  }
}
