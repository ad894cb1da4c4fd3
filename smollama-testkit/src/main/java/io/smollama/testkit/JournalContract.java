package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Journal} does. One thread at a time. */
public abstract class JournalContract {
  protected final ManualClock clock = new ManualClock();
  private Journal journal;

  /** An empty journal that takes the time from this clock. */
  protected abstract Journal open(InstantSource clock) throws Exception;

  @BeforeEach
  final void openJournal() throws Exception {
    journal = open(clock);
  }

  @AfterEach
  final void closeJournal() {
    journal.close();
    journal.close();
  }

  @Test
  void startsEmpty() {
    assertThat(journal.above(Frontier.EMPTY, 10).entries())
        .noneMatch(e -> e.chain().stream() == ChainId.KNOWLEDGE);
  }

  @Test
  void appendReturnsWhatIsStored() {
    JournalEntry entry = journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"21 °C\"}");
    assertThat(entry.seq()).isEqualTo(1);
    assertThat(entry.wall()).contains(clock.instant());
    assertThat(knowledge(Frontier.EMPTY)).containsExactly(entry);
    assertThat(journal.frontier().tips(entry.chain()).heads())
        .containsExactly(new Point(1, entry.id()));
  }

  @Test
  void appendsUnderTheOriginThatItNames() {
    ReplicaId origin = journal.origin();

    assertThat(journal.append(ChainId.READINGS, "test.entry", "{}").chain())
        .isEqualTo(new ChainId(origin, ChainId.READINGS));
  }

  @Test
  void keepsPayloadAsItCame() {
    String odd = " {\"b\" : 1,\n\t\"a\":\"\\u00e9é水🌡\" }\n";
    journal.append(ChainId.KNOWLEDGE, "obs.add", odd);
    assertThat(knowledge(Frontier.EMPTY)).extracting(JournalEntry::payload).containsExactly(odd);
  }

  @Test
  void writesSeveralInOrderOrNone() {
    List<JournalEntry> written =
        journal.appendAll(
            ChainId.KNOWLEDGE,
            List.of(new NewEntry("obs.add", "{\"n\":1}"), new NewEntry("mem.add", "{\"n\":2}")));
    assertThat(written).extracting(JournalEntry::seq).containsExactly(1L, 2L);
    String tooLong = "\"" + "x".repeat(JournalEntry.MAX_PAYLOAD_BYTES) + "\"";
    assertThatThrownBy(
            () ->
                journal.appendAll(
                    ChainId.KNOWLEDGE,
                    List.of(new NewEntry("obs.add", "{}"), new NewEntry("obs.add", tooLong))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(journal.appendAll(ChainId.KNOWLEDGE, List.of())).isEmpty();
    assertThat(knowledge(Frontier.EMPTY)).containsExactlyElementsOf(written);
  }

  @Test
  void equalContentGetsDifferentIds() {
    JournalEntry first = journal.append(ChainId.KNOWLEDGE, "mem.add", "{}");
    JournalEntry second = journal.append(ChainId.KNOWLEDGE, "mem.add", "{}");
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void chainsAreNumberedApartAndLamportRisesAcross() {
    JournalEntry knowledge = journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    JournalEntry rollup = journal.append(ChainId.ROLLUPS, "rollup.window", "{}");
    JournalEntry more = journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    assertThat(List.of(knowledge.seq(), rollup.seq(), more.seq())).containsExactly(1L, 1L, 2L);
    assertThat(rollup.lamport()).isGreaterThan(knowledge.lamport());
    assertThat(more.lamport()).isGreaterThan(rollup.lamport());
    assertThat(more.chain().origin()).isEqualTo(rollup.chain().origin());
  }

  @Test
  void aboveGivesWhatAFrontierLacksInPages() {
    List<JournalEntry> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":" + i + "}"));
    }
    Frontier known = journal.frontier();
    for (int i = 5; i < 12; i++) {
      all.add(journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":" + i + "}"));
    }
    JournalPage first = journal.above(known, 3);
    assertThat(first.entries()).containsExactlyElementsOf(all.subList(5, 8));
    JournalPage rest = journal.above(first.frontier(), 100);
    assertThat(rest.entries()).containsExactlyElementsOf(all.subList(8, 12));
    assertThat(rest.frontier()).isEqualTo(journal.frontier());
    JournalPage none = journal.above(rest.frontier(), 100);
    assertThat(none).isEqualTo(new JournalPage(List.of(), rest.frontier()));
  }

  @Test
  void refusesWhatNoJournalMayHold() {
    assertThatThrownBy(() -> journal.append(ChainId.KNOWLEDGE, "Not A Type", "{}"))
        .isInstanceOf(IllegalArgumentException.class);
    String tooLong = "\"" + "é".repeat(JournalEntry.MAX_PAYLOAD_BYTES / 2) + "\"";
    assertThatThrownBy(() -> journal.append(ChainId.KNOWLEDGE, "obs.add", tooLong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
    assertThat(knowledge(Frontier.EMPTY)).isEmpty();
    assertThat(journal.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(1);
  }

  @Test
  void manyWritersMakeOneGaplessChain() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<JournalEntry>> written = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        written.add(writers.submit(() -> journal.append(ChainId.KNOWLEDGE, "obs.add", "{}")));
      }
      for (Future<JournalEntry> entry : written) {
        entry.get();
      }
    } finally {
      writers.shutdown();
    }
    List<JournalEntry> chain = knowledge(Frontier.EMPTY);
    assertThat(chain).hasSize(40).extracting(JournalEntry::id).doesNotHaveDuplicates();
    for (int i = 0; i < chain.size(); i++) {
      assertThat(chain.get(i).seq()).isEqualTo(i + 1);
    }
    assertThat(chain).isSortedAccordingTo(JournalEntry.ORDER);
  }

  private List<JournalEntry> knowledge(Frontier known) {
    return journal.above(known, 1_000).entries().stream()
        .filter(entry -> entry.chain().stream() == ChainId.KNOWLEDGE)
        .toList();
  }
}
