package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Texts of words as common as words are (Zipf) and vectors that lie in clusters around a mean, as
 * those of sentences do. Every item can be made again from its number, so none is kept.
 */
final class SyntheticCorpus implements EmbeddingProvider {
  private static final int VOCABULARY = 30_000;
  private static final int BATCH = 2_000;

  private final int items;
  private final int dimensions;
  private final float[] common;
  private final float[][] topics;
  private final double[] zipf = new double[VOCABULARY];
  private final Map<String, Embedding> questions = new HashMap<>();

  SyntheticCorpus(int items, int dimensions) {
    this.items = items;
    this.dimensions = dimensions;
    this.common = direction(new SplittableRandom(1));
    this.topics = new float[Math.max(8, items / 100)][];
    for (int i = 0; i < topics.length; i++) {
      topics[i] = direction(new SplittableRandom(1_000_003L + i));
    }
    double sum = 0;
    for (int i = 0; i < VOCABULARY; i++) {
      sum += 1.0 / (i + 3);
      zipf[i] = sum;
    }
  }

  @Override
  public EmbeddingModel model() {
    return new EmbeddingModel("synthetic-" + dimensions, dimensions, 0.93);
  }

  @Override
  public Embedding embed(String text) {
    throw new IllegalStateException("All vectors are stored beforehand");
  }

  @Override
  public Embedding embedQuery(String question) {
    return questions.get(question);
  }

  int size() {
    return items;
  }

  String text(int item) {
    SplittableRandom random = new SplittableRandom(item * 31L);
    StringBuilder text = new StringBuilder();
    int words = 6 + random.nextInt(14);
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(word(random));
    }
    return text.toString();
  }

  private String word(SplittableRandom random) {
    double at = random.nextDouble() * zipf[VOCABULARY - 1];
    int place = java.util.Arrays.binarySearch(zipf, at);
    StringBuilder word = new StringBuilder();
    for (int rest = (place < 0 ? -place - 1 : place) + 40; rest > 0; rest /= 40) {
      word.append("bdfgklmnrt".charAt(rest % 10)).append("aiou".charAt(rest / 10 % 4));
    }
    return word.append('x').toString(); // no ending that a stemmer knows
  }

  Embedding vector(int item) {
    SplittableRandom random = new SplittableRandom(item * 77L);
    float[] topic = topics[random.nextInt(topics.length)];
    return mixed(common, 0.5f, topic, 0.7f, direction(random), 0.6f);
  }

  /** A question about an item: some of its words, and a vector near its vector. */
  String question(int number) {
    SplittableRandom random = new SplittableRandom(number * 131L);
    int item = 1 + random.nextInt(items);
    String[] words = text(item).split(" ");
    List<String> some = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      some.add(words[random.nextInt(words.length)]);
    }
    String question = String.join(" ", some);
    Embedding near =
        mixed(vector(item).toArray(), 1, direction(random), 0.5f, direction(random), 0.2f);
    questions.put(question, near);
    return question;
  }

  private float[] direction(SplittableRandom random) {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      // near enough to Gaussian, and the same on every Java
      vector[i] = (float) (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
    }
    return Embedding.of(vector).toArray();
  }

  private static Embedding mixed(float[] a, float x, float[] b, float y, float[] c, float z) {
    float[] sum = new float[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = x * a[i] + y * b[i] + z * c[i];
    }
    return Embedding.of(sum);
  }

  /** Writes items, texts and vectors as the folds and the background would. */
  void store(Database database) {
    VectorTable table = database.write(connection -> VectorModels.of(connection, model()));
    float[] mean = new float[dimensions];
    for (int first = 1; first <= items; first += BATCH) {
      int from = first;
      int to = Math.min(items, first + BATCH - 1);
      database.write(
          connection -> {
            List<VectorTable.Made> made = new ArrayList<>();
            storeItems(connection, from, to, made);
            return table.store(connection, made, mean, 0).size();
          });
    }
  }

  private void storeItems(Connection connection, int from, int to, List<VectorTable.Made> made)
      throws SQLException {
    try (PreparedStatement item =
            connection.prepareStatement(
                "INSERT INTO item (id, entry, kind, type, text, confidence, time, lamport, origin,"
                    + " node, sources, provenance, confirmed, shown, tainted, ref, tags) VALUES"
                    + " (?, ?, 0, 'general', ?, 800, ?, ?, '00000000000000000000000000000001', 'pi', '[]', 'observer', 1, 1, 0,"
                    + " '', '[]')");
        PreparedStatement words =
            connection.prepareStatement("INSERT INTO item_text (rowid, text) VALUES (?, ?)")) {
      for (int number = from; number <= to; number++) {
        String text = text(number);
        item.setInt(1, number);
        item.setString(2, "%064x".formatted(number));
        item.setString(3, text);
        item.setLong(4, 1_700_000_000_000L + number * 60_000L);
        item.setLong(5, number);
        item.addBatch();
        words.setInt(1, number);
        words.setString(2, text);
        words.addBatch();
        made.add(new VectorTable.Made(number, text, vector(number)));
      }
      item.executeBatch();
      words.executeBatch();
    }
  }
}
