package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalWordsTest {
  private static final ReplicaId LOW = new ReplicaId("00".repeat(16));
  private static final ReplicaId HIGH = new ReplicaId("ff".repeat(16));

  @Test
  void orderIsLamportThenOriginThenIdUnsigned() {
    JournalEntry early = entry(LOW, 1, "ff");
    JournalEntry late = entry(LOW, 2, "00");
    JournalEntry lateElsewhere = entry(HIGH, 2, "00");
    JournalEntry lateElsewhereBigId = entry(HIGH, 2, "80");
    assertThat(
            java.util.stream.Stream.of(lateElsewhereBigId, lateElsewhere, late, early)
                .sorted(JournalEntry.ORDER))
        .containsExactly(early, late, lateElsewhere, lateElsewhereBigId);
  }

  @Test
  void frontierGrowsByEntry() {
    JournalEntry entry = entry(LOW, 7, "aa");
    Frontier grown = Frontier.EMPTY.with(entry);
    assertThat(grown.tips(entry.chain()).highest()).isEqualTo(1);
    assertThat(Frontier.EMPTY.tips(entry.chain())).isEqualTo(Tips.NONE);
    assertThat(grown.tips(new ChainId(HIGH, ChainId.KNOWLEDGE)).heads()).isEmpty();
    assertThat(grown.updatedBy(Frontier.EMPTY)).isEqualTo(grown);
    assertThat(Frontier.EMPTY.updatedBy(grown)).isEqualTo(grown);
  }

  @Test
  void tipsAreASetOfAtMostSixtyFour() {
    Point low = new Point(1, new EntryId("aa".repeat(32)));
    Point high = new Point(2, new EntryId("00".repeat(32)));
    assertThat(new Tips(0, List.of(high, low, high)).heads()).containsExactly(low, high);
    List<Point> many = new ArrayList<>();
    for (int seq = 1; seq <= Tips.MOST + 1; seq++) {
      many.add(new Point(seq, low.id()));
    }
    assertThatThrownBy(() -> new Tips(0, many)).hasMessageContaining("at most 64 tips");
    assertThatThrownBy(() -> new Tips(-1, List.of())).hasMessageContaining("was -1");
    assertThatThrownBy(() -> new Point(-1, low.id())).hasMessageContaining("2^53");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "obs.add", "Obs", "1a", "a1-.z", "é", "a_b", "a b", "aé", "-a", ".a", "a\n"
      })
  void formOfATypeIsThatOfThePattern(String type) {
    for (String text : List.of(type, type + "x".repeat(31), "x".repeat(30) + type)) {
      assertThat(JournalEntry.isType(text)).isEqualTo(JournalEntry.TYPE.matcher(text).matches());
    }
  }

  @Test
  void refusesUnsoundNames() {
    assertThatThrownBy(() -> new ReplicaId("FF".repeat(16))).hasMessageContaining("lower case");
    assertThatThrownBy(() -> new EntryId("00")).hasMessageContaining("64");
    assertThatThrownBy(() -> new ChainId(LOW, 256)).hasMessageContaining("0 to 255");
  }

  private static JournalEntry entry(ReplicaId origin, long lamport, String hashByte) {
    return new JournalEntry(
        new EntryId(hashByte.repeat(32)),
        new ChainId(origin, ChainId.KNOWLEDGE),
        1,
        lamport,
        Optional.empty(),
        "obs.add",
        "{}");
  }
}
