package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Embedding;
import io.smollama.core.SourceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fast search gives what a naive one gives, whatever the filter. */
class RecallModelTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int TEN = 10;

  /** Lengths are kept in steps of a 64th, each worth 0.00125. */
  private static final double NEARLY = 0.001;

  @TempDir Path folder;
  private final NaiveRecall model = new NaiveRecall();
  private Database database;
  private RecallIndex index;
  private RecallSearch search;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("m.sqlite"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void load() {
    model.store(database, new float[NaiveRecall.DIMENSIONS]);
    index = new RecallIndex(database, Optional.of(NaiveRecall.MODEL));
    index.load();
    search = new RecallSearch(index);
  }

  private static Long sometimes(Random random, long hours) {
    return random.nextInt(4) > 0 ? null : NOW.toEpochMilli() + hours * 3_600_000;
  }

  private static NaiveItem item(Random random, int number, int words) {
    return new NaiveItem(
        random.nextBoolean() ? KnowledgeKind.OBSERVATION : KnowledgeKind.MEMORY,
        List.of("anomaly", "status", "fact").get(random.nextInt(3)),
        List.of("pi", "shed").get(random.nextInt(8) / 7),
        random.nextInt(9) == 0 ? null : NOW.toEpochMilli() + (number - 100) * 240_000L,
        "room:" + random.nextInt(3),
        random.nextInt(1_000),
        sometimes(random, random.nextInt(20) - 10),
        sometimes(random, random.nextInt(20) - 10),
        sometimes(random, random.nextInt(20) - 5),
        text(random, words),
        random.nextInt(5) == 0,
        random.nextInt(10) == 0 ? null : NaiveRecall.vector(random, 12));
  }

  /** Words that no stemmer changes, the first ones the commonest. */
  private static List<String> text(Random random, int vocabulary) {
    return IntStream.range(0, 3 + random.nextInt(10))
        .mapToObj(i -> "w" + (int) (vocabulary * Math.pow(random.nextDouble(), 3)))
        .toList();
  }

  private static <T> Set<T> some(Random random, List<T> all) {
    return random.nextInt(3) > 0
        ? Set.of()
        : all.stream().filter(one -> random.nextBoolean()).collect(Collectors.toSet());
  }

  private static RecallFilter filter(Random random) {
    return new RecallFilter(
        some(random, List.copyOf(EnumSet.allOf(KnowledgeKind.class))),
        some(random, List.of("anomaly", "status", "fact", "unheard")),
        some(random, List.of("pi", "shed", "elsewhere")),
        some(random, Stream.of("room:0", "room:2", "room:9").map(SourceId::parse).toList()),
        Optional.ofNullable(sometimes(random, -4)).map(Instant::ofEpochMilli),
        Optional.ofNullable(sometimes(random, 3)).map(Instant::ofEpochMilli),
        Optional.ofNullable(sometimes(random, random.nextInt(8) - 4)).map(Instant::ofEpochMilli),
        random.nextInt(3) == 0 ? 0.4 : 0,
        random.nextInt(4) == 0);
  }

  private double[] byMeaning(Set<String> words, short[] vector, RecallFilter filter) {
    WhitenedQuery query = database.read(c -> index.whitened(c, vector));
    RecallIndex.Meanings meanings = index.meanings().orElseThrow();
    QuerySketch sketch = QuerySketch.ofDirection(query.direction(), meanings.centre().mean());
    IntToDoubleFunction estimate =
        item -> query.nearness((double) meanings.vectors().product(sketch, item));
    return model.scores(words, Optional.of(query), estimate, filter, NOW);
  }

  private void agrees(Set<String> words, Embedding meaning, RecallFilter filter, String as) {
    short[] vector = VectorBytes.fixed(meaning);
    RecallSearch.Wanted wanted = new RecallSearch.Wanted(List.copyOf(words), filter, TEN, NOW);
    agree(
        database.read(c -> search.byMeaning(c, wanted, vector)),
        byMeaning(words, vector, filter),
        as + " by meaning");
    double[] byWords = model.scores(words, Optional.empty(), item -> 0, filter, NOW);
    for (int i = 1; i < byWords.length; i++) {
      byWords[i] = model.says(i, words) ? byWords[i] : Double.NEGATIVE_INFINITY;
    }
    agree(database.read(c -> search.byWords(c, wanted)), byWords, as + " by words");
  }

  private static void agree(List<RecallSearch.Ranked> found, double[] scores, String as) {
    double[] best = best(scores);
    assertThat(found).as(as).hasSize(best.length);
    for (int i = 0; i < best.length; i++) {
      RecallSearch.Ranked one = found.get(i);
      assertThat(one.score())
          .as(as + ", item " + one.item())
          .isCloseTo(scores[one.item()], within(NEARLY));
      assertThat(one.score()).as(as + ", place " + i).isCloseTo(best[i], within(NEARLY));
    }
  }

  private static double[] best(double[] scores) {
    return Arrays.stream(scores)
        .filter(score -> score > Double.NEGATIVE_INFINITY)
        .map(score -> -score)
        .sorted()
        .limit(TEN)
        .map(score -> -score)
        .toArray();
  }

  @RepeatedTest(20)
  void agreesWithTheNaiveOneWhateverTheFilter(RepetitionInfo round) {
    Random random = new Random(round.getCurrentRepetition());
    int count = random.nextInt(200);
    model.addAll(IntStream.range(0, count).mapToObj(i -> item(random, i, 60)).toList());
    load();
    for (int i = 0; i < 25; i++) {
      RecallFilter filter = filter(random);
      Set<String> words = new LinkedHashSet<>(text(random, 70));
      agrees(words, NaiveRecall.vector(random, 14), filter, words + " " + filter);
    }
  }

  /** With so many items common words are skipped, and estimates choose what is looked at. */
  @Test
  void agreesWithTheNaiveOneOverManyItems() {
    Random random = new Random(42);
    model.addAll(IntStream.range(0, 9_000).mapToObj(i -> item(random, i, 3_000)).toList());
    load();
    for (int i = 0; i < 12; i++) {
      Set<String> words =
          text(random, i % 2 == 0 ? 3_000 : 3).stream()
              .limit(4)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      agrees(words, NaiveRecall.vector(random, 12), RecallFilter.SHOWN, words.toString());
    }
  }

  /** From so many items on several threads share the work; estimates miss one in a hundred. */
  @Test
  void findsNearlyAllThatTheNaiveOneFindsInParts() {
    Random random = new Random(7);
    model.addAll(IntStream.range(0, 36_000).mapToObj(i -> item(random, i, 3_000)).toList());
    load();
    long found = 0;
    for (int i = 0; i < 10; i++) {
      Set<String> words =
          text(random, i % 2 == 0 ? 3_000 : 3).stream()
              .limit(4)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      short[] vector = VectorBytes.fixed(NaiveRecall.vector(random, 12));
      RecallSearch.Wanted ten =
          new RecallSearch.Wanted(List.copyOf(words), RecallFilter.SHOWN, TEN, NOW);
      double last = best(byMeaning(words, vector, RecallFilter.SHOWN))[TEN - 1];
      found +=
          database.read(c -> search.byMeaning(c, ten, vector)).stream()
              .filter(one -> one.score() > last - NEARLY)
              .count();
    }
    assertThat(found).isGreaterThanOrEqualTo(99);
  }
}
