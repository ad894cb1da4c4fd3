package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a view reads from a journal whose chains have forked. */
class ForkedJournalTest {
  private static final ChainId CHAIN = Lines.chain(2);
  private static final List<Entry> LINE = Lines.line(CHAIN, 6);

  private SqliteJournal journal;

  @TempDir Path folder;

  @BeforeEach
  void open() {
    journal = Setups.open(folder);
  }

  @AfterEach
  void close() {
    assertThat(journal.verify().problems()).isEmpty();
    journal.close();
  }

  private void take(List<Entry> line) {
    assertThat(journal.replica().takeIn(List.of(Run.of(line)), Long.MAX_VALUE))
        .allMatch(Verdict::acknowledges);
  }

  private static Frontier holding(Entry... tips) {
    List<Point> heads = List.of(tips).stream().map(Points::of).toList();
    return Frontier.of(Map.of(CHAIN, new Tips(0, heads)));
  }

  private List<EntryId> above(Frontier known) {
    return journal.above(known, 100).entries().stream()
        .filter(entry -> entry.chain().equals(CHAIN))
        .map(JournalEntry::id)
        .toList();
  }

  private static List<EntryId> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }

  @Test
  void aBranchThatLeavesALineBehindTheFrontierIsNotMissed() {
    take(LINE);
    Frontier known = journal.above(Frontier.EMPTY, 100).frontier();
    List<Entry> other = Lines.fork(LINE, 2, 3, "other");
    take(other);
    JournalPage page = journal.above(known, 100);
    assertThat(above(known)).isEqualTo(ids(other));
    assertThat(page.frontier()).isEqualTo(journal.frontier());
    assertThat(page.frontier().tips(CHAIN))
        .isEqualTo(holding(other.get(2), LINE.get(5)).tips(CHAIN));
    assertThat(above(page.frontier())).isEmpty();
  }

  @Test
  void aLineThatWasReadInPartGoesOnWhereverItIsSplit() {
    take(LINE);
    Frontier known = holding(LINE.get(3));
    take(Lines.fork(LINE, 2, 1, "before"));
    take(Lines.fork(LINE, 5, 1, "behind"));
    List<EntryId> rest = above(known);
    assertThat(rest).hasSize(4).doesNotHaveDuplicates().containsAll(ids(LINE.subList(4, 6)));
  }

  @Test
  void linesThatPartAtTheFirstEntryAreReadBoth() {
    List<Entry> other = Lines.fork(LINE, 0, 4, "other");
    take(LINE);
    Frontier known = journal.above(Frontier.EMPTY, 100).frontier();
    take(other);
    assertThat(above(known)).isEqualTo(ids(other));
    assertThat(above(Frontier.EMPTY)).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void aTipThatIsNotHeldStandsForNothingButItself() {
    take(LINE.subList(0, 4));
    Frontier ahead = holding(LINE.get(5));
    JournalPage page = journal.above(ahead, 100);
    assertThat(above(ahead)).isEqualTo(ids(LINE.subList(0, 4)));
    assertThat(page.frontier().tips(CHAIN))
        .isEqualTo(holding(LINE.get(3), LINE.get(5)).tips(CHAIN));
    assertThat(journal.above(page.frontier(), 100).isEmpty()).isTrue();
    take(LINE); // what leads to a tip has been held by who names it
    JournalPage none = journal.above(page.frontier(), 100);
    assertThat(none.entries()).isEmpty();
    assertThat(none.frontier()).isEqualTo(journal.frontier());
  }

  @Test
  void moreTipsThanAChainMayHaveNeverHideItsOwn() {
    List<Point> strangers = new ArrayList<>();
    for (int i = 0; i < Tips.MOST; i++) {
      strangers.add(new Point(90 + i, LINE.get(0).id()));
    }
    take(LINE);
    Frontier known = Frontier.of(Map.of(CHAIN, new Tips(0, strangers)));
    JournalPage page = journal.above(known, 100);
    assertThat(page.frontier().tips(CHAIN).heads())
        .hasSize(Tips.MOST)
        .contains(Points.of(LINE.get(5)), strangers.get(Tips.MOST - 1))
        .doesNotContain(strangers.get(0));
    assertThat(above(page.frontier())).isEmpty();
  }

  @Test
  void whatWasCutOffIsPassedOver() {
    for (int i = 0; i < 5; i++) {
      journal.append(ChainId.READINGS, "reading.batch", "[]");
    }
    Frontier early = journal.above(Frontier.EMPTY, 3).frontier();
    assertThat(journal.replica().truncate(ChainId.READINGS, 4)).isTrue();
    assertThat(journal.replica().truncate(ChainId.READINGS, 4)).isFalse();
    ChainId readings = new ChainId(journal.origin(), ChainId.READINGS);
    for (Frontier known : List.of(early, Frontier.EMPTY)) {
      JournalPage page = journal.above(known, 100);
      assertThat(page.entries())
          .filteredOn(entry -> entry.chain().equals(readings))
          .extracting(JournalEntry::seq)
          .containsExactly(4L, 5L);
      assertThat(page.frontier()).isEqualTo(journal.frontier());
    }
  }

  static LongStream seeds() {
    return LongStream.range(1, 13);
  }

  /** Runs of a growing tree arrive in any order while a view reads pages of any size. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyEntryOfEveryLineIsReadOnceAndBehindTheOneItFollows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Entry>> runs = tree(random);
    Map<EntryId, Integer> read = new HashMap<>();
    Frontier known = Frontier.EMPTY;
    int arrivals = 0;
    while (arrivals < 400) {
      List<Entry> run = runs.get(random.nextInt(runs.size()));
      int from = random.nextInt(run.size());
      journal.replica().takeIn(List.of(Run.of(run.subList(from, run.size()))), Long.MAX_VALUE);
      arrivals++;
      if (random.nextInt(3) == 0) {
        known = read(known, 1 + random.nextInt(9), read);
      }
      if (random.nextInt(40) == 0) {
        journal.close();
        open();
      }
    }
    runs.forEach(this::take);
    for (int page = 0; page < 100; page++) {
      known = read(known, 7, read);
    }
    assertThat(known).as("seed %d", seed).isEqualTo(journal.frontier());
    assertThat(read.values()).as("seed %d", seed).containsOnly(1);
    List<EntryId> all = new ArrayList<>();
    runs.forEach(run -> all.addAll(ids(run)));
    assertThat(read.keySet()).as("seed %d", seed).containsAll(all);
  }

  private Frontier read(Frontier known, int limit, Map<EntryId, Integer> read) {
    EntriesAbove.Page page = journal.entriesAbove(known, limit);
    for (Entry entry : page.entries()) {
      EntryId prev = entry.header().prev();
      assertThat(prev.equals(EntryHeader.GENESIS) || read.containsKey(prev)).isTrue();
      read.merge(entry.id(), 1, Integer::sum);
    }
    return page.frontier();
  }

  /** Every line of two chains, whole; lines share their beginnings. */
  private static List<List<Entry>> tree(SplittableRandom random) {
    TreeMap<ChainId, List<List<Entry>>> lines = new TreeMap<>();
    List<List<Entry>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      ChainId chain = Lines.chain(2 + random.nextInt(2));
      List<List<Entry>> known = lines.computeIfAbsent(chain, c -> new ArrayList<>());
      List<Entry> line = new ArrayList<>();
      if (known.isEmpty()) {
        line.addAll(Lines.line(chain, 3 + random.nextInt(9)));
      } else {
        List<Entry> from = known.get(random.nextInt(known.size()));
        int kept = random.nextInt(from.size() + 1);
        line.addAll(from.subList(0, kept));
        line.addAll(Lines.fork(from, kept, 1 + random.nextInt(9), "line" + i + "-"));
      }
      known.add(line);
      all.add(line);
    }
    return all;
  }

  @Test
  void ownEntriesAndThoseOfOthersComeThroughTheSamePages() {
    journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    take(LINE);
    journal.appendAll(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")));
    JournalPage page = journal.above(Frontier.EMPTY, 100);
    assertThat(page.entries()).hasSize(9);
    assertThat(page.frontier()).isEqualTo(journal.frontier());
    assertThat(page.entries())
        .filteredOn(entry -> entry.chain().origin().equals(journal.origin()))
        .extracting(JournalEntry::lamport)
        .contains(7L); // behind what had arrived
  }
}
