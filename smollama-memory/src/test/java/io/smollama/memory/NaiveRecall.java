package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * Recall as the decision record tells it, item by item over all items, without an index or an
 * estimate: what the fast search must agree with.
 */
final class NaiveRecall {
  static final int DIMENSIONS = 256;
  static final EmbeddingModel MODEL = new EmbeddingModel("naive", DIMENSIONS, 0.9);

  private static final double[] AFTER = {0.6, 0.5, 0.3, 0.3};
  private static final double[] BEFORE = {0.4, 0.4, 0.2, 0.2};

  private final List<NaiveItem> items = new ArrayList<>();
  private double meanLength;

  void addAll(List<NaiveItem> some) {
    items.addAll(some);
    meanLength = items.stream().mapToInt(one -> one.words().size()).average().orElse(1);
  }

  /** Writes all items into a file as the folds and the background would. */
  void store(Database database, float[] mean) {
    NaiveItem.store(database, items, mean);
  }

  boolean admits(int number, RecallFilter filter, Instant clock) {
    NaiveItem item = items.get(number - 1);
    long now = filter.asOf().orElse(clock).toEpochMilli();
    boolean in =
        (filter.kinds().isEmpty() || filter.kinds().contains(item.kind()))
            && (filter.types().isEmpty() || filter.types().contains(item.type()))
            && (filter.nodes().isEmpty() || filter.nodes().contains(item.node()))
            && (filter.sources().isEmpty()
                || filter.sources().stream().anyMatch(s -> s.toString().equals(item.source())))
            && item.confidence() >= Math.round(filter.minConfidence() * 1000);
    boolean shown =
        (item.hidden() == null || item.hidden() > now)
            && (item.from() == null || item.from() <= now)
            && (item.to() == null || now < item.to());
    return in && (filter.all() || shown) && isOfTime(item, filter);
  }

  private static boolean isOfTime(NaiveItem item, RecallFilter filter) {
    return item.time() == null
        || (filter.since().map(t -> item.time() >= t.toEpochMilli()).orElse(true)
            && filter.until().map(t -> item.time() < t.toEpochMilli()).orElse(true)
            && filter.asOf().map(t -> item.time() <= t.toEpochMilli()).orElse(true));
  }

  private boolean joined(int number) {
    if (number < 2 || number > items.size()) {
      return false;
    }
    NaiveItem one = items.get(number - 2);
    NaiveItem other = items.get(number - 1);
    return one.time() != null
        && other.time() != null
        && one.node().equals(other.node())
        && Math.abs(one.time() - other.time()) <= 600_000;
  }

  /** The neighbours within reach that a chain of items recorded together leads to: by distance. */
  private Map<Integer, Integer> neighbours(int number, int reach) {
    Map<Integer, Integer> found = new HashMap<>();
    for (int step = 1; step <= reach && joined(number + step); step++) {
      found.put(step, number + step);
    }
    for (int step = 1; step <= reach && joined(number - step + 1); step++) {
      found.put(-step, number - step);
    }
    return found;
  }

  private double own(int number, String word) {
    List<String> words = items.get(number - 1).words();
    double times = words.stream().filter(word::equals).count();
    return times / (times + 0.9 * (0.6 + 0.4 * words.size() / meanLength));
  }

  private boolean has(int number, String word) {
    return items.get(number - 1).words().contains(word);
  }

  /** The text scores of all admitted items. */
  private double[] text(Set<String> words, RecallFilter filter, Instant clock) {
    double[] text = new double[items.size() + 1];
    double bound = 0;
    for (String word : words) {
      int having = 0;
      for (int i = 1; i <= items.size(); i++) {
        having += has(i, word) ? 1 : 0;
      }
      double rarity = Math.log(1 + (items.size() - having + 0.5) / (having + 0.5));
      bound += rarity;
      boolean lent = having <= Math.min(500, 0.2 * items.size());
      for (int i = 1; i <= items.size(); i++) {
        if (admits(i, filter, clock)) {
          double not = 1 - own(i, word);
          for (Map.Entry<Integer, Integer> one :
              lent ? neighbours(i, 4).entrySet() : Set.<Map.Entry<Integer, Integer>>of()) {
            if (admits(one.getValue(), filter, clock)) {
              not *= 1 - share(one) * own(one.getValue(), word);
            }
          }
          text[i] += rarity * (1 - not);
        }
      }
    }
    for (int i = 0; i < text.length; i++) {
      text[i] /= Math.max(bound, 1e-9);
    }
    return text;
  }

  private double share(Map.Entry<Integer, Integer> neighbour) {
    int step = neighbour.getKey();
    if (step == -1 && items.get(neighbour.getValue() - 1).question()) {
      return 1;
    }
    return step < 0 ? AFTER[-step - 1] : BEFORE[step - 1];
  }

  private double plus(int number) {
    double words = items.get(number - 1).words().size();
    int count = 1;
    for (int other : neighbours(number, 4).values()) {
      words += items.get(other - 1).words().size();
      count++;
    }
    double longer = Math.log(items.get(number - 1).words().size() * count / words);
    return 0.08 * longer - (items.get(number - 1).question() ? 0.04 : 0);
  }

  /**
   * The scores of all items; negative infinity for what the filter does not admit.
   *
   * @param estimate the nearness of a neighbour, which need not be exact
   */
  double[] scores(
      Set<String> words,
      Optional<WhitenedQuery> query,
      IntToDoubleFunction estimate,
      RecallFilter filter,
      Instant clock) {
    double[] text = text(words, filter, clock);
    double best = 0;
    for (double one : text) {
      best = Math.max(best, one);
    }
    double[] near = new double[items.size() + 1];
    double[] estimated = new double[items.size() + 1];
    for (int i = 1; i <= items.size(); i++) {
      Embedding vector = items.get(i - 1).vector();
      boolean compared = query.isPresent() && vector != null && admits(i, filter, clock);
      near[i] = compared ? query.get().nearness(VectorBytes.fixed(vector)) : 0;
      estimated[i] = compared ? estimate.applyAsDouble(i) : 0;
    }
    double[] scores = new double[items.size() + 1];
    scores[0] = Double.NEGATIVE_INFINITY;
    for (int i = 1; i <= items.size(); i++) {
      double beside = 0;
      for (Map.Entry<Integer, Integer> one : neighbours(i, 2).entrySet()) {
        boolean asked = one.getKey() == -1 && items.get(one.getValue() - 1).question();
        beside += (asked ? 0.5 : 0.15) * estimated[one.getValue()];
      }
      double worth = query.isPresent() ? 0.12 * (1 - best) * (1 - best) : 0;
      boolean something = text[i] > 0 || items.get(i - 1).vector() != null;
      scores[i] =
          something && admits(i, filter, clock)
              ? text[i] + worth * (near[i] + Math.min(text[i] / 0.3, 1) * beside) + plus(i)
              : Double.NEGATIVE_INFINITY;
    }
    return scores;
  }

  /** Whether an item has one of the words itself. */
  boolean says(int number, Set<String> words) {
    return words.stream().anyMatch(word -> has(number, word));
  }

  /** A vector in one of some clusters. */
  static Embedding vector(Random random, int clusters) {
    Random cluster = new Random(random.nextInt(clusters));
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = (float) (cluster.nextGaussian() + random.nextGaussian() + 0.4);
    }
    return Embedding.of(vector);
  }
}
