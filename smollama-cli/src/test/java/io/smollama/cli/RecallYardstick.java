package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.EntryId;
import io.smollama.embeddings.OnnxEmbeddings;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How well recall ranks, through the store as a user has it: conversations (LoCoMo) and the notes
 * of a house, by words alone, by meaning alone, by both.
 */
final class RecallYardstick {
  private static final Pattern TURN = Pattern.compile("D\\d+:\\d+");
  private static final int MOST = 1_000;

  private final Path folder;
  private final EmbeddingProvider embedder;
  private final Map<String, List<Scores>> scores = new TreeMap<>();

  RecallYardstick(Path folder, EmbeddingProvider embedder) {
    this.folder = folder;
    this.embedder = embedder;
  }

  /** What was found for one question. */
  record Scores(double ndcg, double recall5, double recall10, boolean first) {}

  /** A question with the positions of the texts that answer it. */
  record Question(String category, String text, Set<Integer> gold) {}

  enum Arm {
    TEXT,
    MEANING,
    BOTH
  }

  /** All conversations of a file; categories are {@code locomo 1} to {@code locomo 5}. */
  void conversations(Path file) throws Exception {
    for (JsonNode sample : new ObjectMapper().readTree(file.toFile())) {
      List<String> texts = new ArrayList<>();
      Map<String, Integer> turns = new HashMap<>();
      JsonNode conversation = sample.path("conversation");
      for (int session = 1; session < 100; session++) {
        String time = conversation.path("session_" + session + "_date_time").asText();
        for (JsonNode turn : conversation.path("session_" + session)) {
          turns.put(turn.path("dia_id").asText(), texts.size());
          String picture =
              turn.hasNonNull("blip_caption")
                  ? " [shares " + turn.path("blip_caption").asText() + "]"
                  : "";
          texts.add(
              "[%s] %s: %s%s"
                  .formatted(
                      time, turn.path("speaker").asText(), turn.path("text").asText(), picture));
        }
      }
      List<Question> questions = new ArrayList<>();
      for (JsonNode qa : sample.path("qa")) {
        Set<Integer> gold = new HashSet<>();
        Matcher evidence = TURN.matcher(qa.path("evidence").toString());
        while (evidence.find()) {
          Optional.ofNullable(turns.get(evidence.group())).ifPresent(gold::add);
        }
        if (!gold.isEmpty()) {
          String category = "locomo " + qa.path("category").asText();
          questions.add(new Question(category, qa.path("question").asText(), gold));
        }
      }
      ask(texts, questions);
    }
  }

  /** The notes of a house; categories are {@code house meaning} and {@code house typed}. */
  void house(Path file) throws Exception {
    JsonNode house = new ObjectMapper().readTree(file.toFile());
    List<String> texts = new ArrayList<>();
    house.path("documents").forEach(document -> texts.add(document.asText()));
    List<Question> questions = new ArrayList<>();
    for (JsonNode query : house.path("queries")) {
      questions.add(
          new Question(
              "house " + query.path("kind").asText(),
              query.path("query").asText(),
              Set.of(texts.indexOf(query.path("gold").asText()))));
    }
    ask(texts, questions);
  }

  private void ask(List<String> texts, List<Question> questions) throws Exception {
    try (MemoryStore both = open(Optional.of(embedder));
        MemoryStore words = open(Optional.empty())) {
      Map<EntryId, Integer> positions = new HashMap<>();
      for (int i = 0; i < texts.size(); i++) {
        NewObservation text = NewObservation.of(texts.get(i), ObservationType.GENERAL, List.of());
        positions.put(both.observe(text).id(), i);
        positions.put(words.observe(text).id(), i);
      }
      both.upkeep().fillVectors(progress -> {});
      for (Question question : questions) {
        RecallQuery ten = RecallQuery.of(question.text(), 10);
        RecallQuery all = RecallQuery.of(question.text(), MOST);
        note(Arm.TEXT, question, words.recall(ten).hits(), positions);
        note(Arm.BOTH, question, both.recall(ten).hits(), positions);
        Comparator<RecallHit> nearest = Comparator.comparingDouble(RecallHit::cosine).reversed();
        note(
            Arm.MEANING,
            question,
            both.recall(all).hits().stream().sorted(nearest).limit(10).toList(),
            positions);
      }
    }
  }

  private MemoryStore open(Optional<EmbeddingProvider> by) throws Exception {
    ManualClock clock = new ManualClock();
    return MemoryStore.open(
        Files.createTempFile(folder, "yardstick", ".sqlite"),
        new InMemoryJournal(clock),
        by,
        clock,
        new MemoryStore.Settings("yardstick", MemoryConfig.defaults()));
  }

  private void note(
      Arm arm, Question question, List<RecallHit> hits, Map<EntryId, Integer> positions) {
    double gain = 0;
    double ideal = 0;
    int five = 0;
    int ten = 0;
    boolean first = false;
    for (int rank = 0; rank < 10; rank++) {
      double worth = Math.log(2) / Math.log(rank + 2);
      ideal += rank < question.gold().size() ? worth : 0;
      if (rank < hits.size() && question.gold().contains(positions.get(hits.get(rank).id()))) {
        gain += worth;
        five += rank < 5 ? 1 : 0;
        ten++;
        first |= rank == 0;
      }
    }
    double gold = question.gold().size();
    scores
        .computeIfAbsent(question.category() + " " + arm, key -> new ArrayList<>())
        .add(new Scores(gain / ideal, five / gold, ten / gold, first));
  }

  /** Mean nDCG@10 over some categories, each question counting the same, times 100. */
  double ndcg(Arm arm, String... categories) {
    return mean(arm, List.of(categories)).ndcg();
  }

  /** A line of the table, times 100. */
  record Means(double ndcg, double recall5, double recall10, double first) {}

  private Means mean(Arm arm, List<String> categories) {
    List<Scores> all =
        categories.stream()
            .flatMap(category -> scores.getOrDefault(category + " " + arm, List.of()).stream())
            .toList();
    double share = 100.0 / all.size();
    return new Means(
        share * all.stream().mapToDouble(Scores::ndcg).sum(),
        share * all.stream().mapToDouble(Scores::recall5).sum(),
        share * all.stream().mapToDouble(Scores::recall10).sum(),
        share * all.stream().filter(Scores::first).count());
  }

  static final String[] CONVERSATIONS = {"locomo 1", "locomo 2", "locomo 3", "locomo 4"};

  /** Those and the questions that name the wrong speaker, which do not count in the headline. */
  static final String[] CATEGORIES = {"locomo 1", "locomo 2", "locomo 3", "locomo 4", "locomo 5"};

  /** A table of all arms and categories. */
  String table() {
    StringBuilder table = new StringBuilder("recall (nDCG@10, recall@5, recall@10, first; %)\n");
    Map<String, List<String>> lines = new TreeMap<>();
    lines.put("locomo 1-4", List.of(CONVERSATIONS));
    scores.keySet().stream()
        .map(key -> key.substring(0, key.lastIndexOf(' ')))
        .forEach(category -> lines.put(category, List.of(category)));
    lines.forEach(
        (name, categories) -> {
          table.append("  %-14s".formatted(name));
          for (Arm arm : Arm.values()) {
            Means means = mean(arm, categories);
            table.append(
                String.format(
                    Locale.ROOT,
                    " %7s %5.1f %5.1f %5.1f %5.1f",
                    arm.name().toLowerCase(Locale.ROOT),
                    means.ndcg(),
                    means.recall5(),
                    means.recall10(),
                    means.first()));
          }
          table.append('\n');
        });
    return table.toString();
  }

  /** Prints the table; the argument names the folder of yardsticks. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("recall-yardstick");
    try (OnnxEmbeddings embedder = new OnnxEmbeddings(folder.resolve("unpacked"))) {
      RecallYardstick yardstick = new RecallYardstick(folder, embedder);
      yardstick.conversations(Path.of(arguments[0], "locomo/locomo-dev.json"));
      yardstick.house(Path.of(arguments[0], "house/house-dev.json"));
      System.out.println(yardstick.table());
    }
  }
}
