package io.smollama.agent;

import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import io.smollama.core.SourceId;
import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import io.smollama.memory.SeriesPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model is told for one look: a few sources with value, age, usual range and the means of
 * the last day, and what was noted of the like before. Raw rows are never told. Immutable.
 *
 * @param told the words, at most {@link #MOST_CHARACTERS}
 * @param sources those that it may write about
 * @param outside whether somebody else can have written any of the words
 */
record LookMaterial(String told, List<SourceId> sources, boolean outside) {
  static final int MOST_CHARACTERS = 2_400;
  private static final int MOST_SOURCES = 10;
  private static final int MOST_HITS = 4;
  private static final int LONGEST_LINE = 240;
  private static final int HEADINGS = 40;
  private static final int MAX_TOKENS = 320;
  private static final Duration STEP = Duration.ofHours(4);
  private static final int STEPS = 6;

  /** What the example is about; a small model may go on about it. */
  private static final String EXAMPLE = "cellar";

  /** The same each time, so that a model need not read it anew; an example says most. */
  private static final List<ChatMessage> PREFIX =
      List.of(
          ChatMessage.system(
              "You watch the readings of a small computer. Note at most 3 things worth telling a"
                  + " person: what left its usual range, what changes together. Use only numbers"
                  + " that you are told, and say nothing that was noted before. Answer with JSON of"
                  + " observations (text, type, sources) and memories (text, confidence), which may"
                  + " be empty."),
          ChatMessage.user(
              "Noted before:\nno past observations\nReadings now:\nmqtt:cellar/humidity 84 %, 5 s ago"
                  + " (usually 61-72 %); last 24 h: 63 63 66 70 76 82"),
          ChatMessage.assistant(
              "{\"observations\":[{\"text\":\"Cellar humidity is 84 % and rising, above its usual"
                  + " 61-72 %.\",\"type\":\"anomaly\",\"sources\":[\"mqtt:cellar/humidity\"]}],"
                  + "\"memories\":[]}"));

  LookMaterial {
    sources = List.copyOf(sources);
  }

  static LookMaterial of(
      MemoryStore store, SourceTrust trust, SeenState seen, SeenState before, Instant now) {
    List<String> lines = new ArrayList<>();
    List<SourceId> sources = new ArrayList<>();
    boolean outside = false;
    int room = MOST_CHARACTERS - MOST_HITS * (LONGEST_LINE + 1) - HEADINGS;
    List<GroundedReading> telling = seen.mostTelling(before, MOST_SOURCES);
    for (GroundedReading one : telling) {
      String line = OneLine.of(one.describe(now) + lastDay(one, store, now), LONGEST_LINE - 1);
      room -= line.length() + 1;
      if (room >= 0) {
        lines.add(line);
        sources.add(one.reading().source());
        outside |= trust.isFromOutside(one.reading());
      }
    }
    List<RecallHit> hits = hits(store, telling);
    outside |= hits.stream().anyMatch(hit -> MemoryTools.isFromOutside(hit, store));
    String noted =
        hits.isEmpty()
            ? "no past observations"
            : hits.stream()
                .map(
                    hit ->
                        OneLine.of("[%s] %s".formatted(hit.type(), hit.text()), LONGEST_LINE - 1))
                .collect(Collectors.joining("\n"));
    String told = "Noted before:\n%s\nReadings now:\n%s".formatted(noted, String.join("\n", lines));
    return new LookMaterial(told, sources, outside);
  }

  private static List<RecallHit> hits(MemoryStore store, List<GroundedReading> telling) {
    String about =
        telling.stream().limit(3).map(GroundedReading::name).collect(Collectors.joining(" "));
    return Stream.of(KnowledgeKind.OBSERVATION, KnowledgeKind.MEMORY)
        .flatMap(
            kind ->
                store.recall(new RecallQuery(about, MOST_HITS / 2, Set.of(kind))).hits().stream())
        .toList();
  }

  /** The means of each four hours of the last day, oldest first, from sums. */
  private static String lastDay(GroundedReading one, MemoryStore store, Instant now) {
    List<Instant> edges =
        IntStream.rangeClosed(0, STEPS)
            .mapToObj(step -> now.minus(STEP.multipliedBy((long) STEPS - step)))
            .toList();
    String means =
        store.readings().of(one.reading().source()).stepped(edges).stream()
            .map(SeriesPoint::value)
            .map(Figures::of)
            .collect(Collectors.joining(" "));
    return means.isEmpty() || one.usual().isEmpty() ? "" : "; last 24 h: " + means;
  }

  ChatRequest request(Duration deadline) {
    List<ChatMessage> messages = new ArrayList<>(PREFIX);
    messages.add(ChatMessage.user(told));
    return new ChatRequest(messages, MAX_TOKENS, deadline)
        .withFormat(LookFormat.schema(sources).toString());
  }

  /** Whether words are about the example, although this node has nothing of the kind. */
  boolean isOfTheExample(String words) {
    return words.contains(EXAMPLE) && !told.toLowerCase(Locale.ROOT).contains(EXAMPLE);
  }

  /** All words that a model reads for this look; what is in them is nothing that it noticed. */
  String all() {
    return PREFIX.stream().map(ChatMessage::content).collect(Collectors.joining("\n")) + told;
  }
}
