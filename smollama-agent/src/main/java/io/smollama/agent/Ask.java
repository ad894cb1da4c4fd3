package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.ObservationSummariser;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions from readings and memories. The nearest of both are found by code; a model only
 * puts them into words, and what it says beyond them is dropped. With no model the list itself is
 * the answer and says so. A question that fits nothing known, or that is about a past day, is told
 * so, and no model is bothered: readings are given as they are now. Thread-safe.
 */
public final class Ask {
  private static final Logger LOG = LoggerFactory.getLogger(Ask.class);
  private static final int SOURCES = 5;
  private static final int MEMORIES = 5;

  /** Sources this far behind the nearest are not named in the answer. */
  private static final double WORTH_NAMING = 0.2;

  /** Memories below this cosine that share no word are not named in the answer. */
  private static final double RELATED = 0.3;

  /** The same where no source is as near. */
  private static final double PERHAPS_RELATED = 0.15;

  private final MemoryStore store;
  private final Supplier<List<Reading>> live;
  private final Grounding grounding;
  private final Optional<ChatModel> model;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * Makes an answerer; nothing is opened.
   *
   * @param store what is remembered, and the newest stored reading of each source
   * @param live readings newer than the stored ones; may give none
   * @param embedder to find what a question is about; without one shared words decide
   * @param model to put the answer into words; may be away at any time
   * @param zone the calendar by which a day is meant
   */
  public Ask(
      MemoryStore store,
      Supplier<List<Reading>> live,
      Optional<EmbeddingProvider> embedder,
      Optional<ChatModel> model,
      InstantSource clock,
      ZoneId zone) {
    this.store = store;
    this.live = live;
    this.grounding = new Grounding(embedder);
    this.model = model;
    this.clock = clock;
    this.zone = zone;
  }

  /** Words for what is summed up, from the same model. */
  public ObservationSummariser summariser() {
    return model
        .<ObservationSummariser>map(ModelSummariser::new)
        .orElse(ObservationSummariser.NONE);
  }

  /**
   * Answers a question; takes as long as the model does, at most some minutes.
   *
   * @param question not blank
   */
  public Answer ask(String question) {
    if (question.isBlank()) {
      throw new IllegalArgumentException("A question needs at least one word");
    }
    List<Reading> latest = latest();
    Instant now = clock.instant();
    List<GroundedReading> sources = grounding.nearest(question, latest, store, now, SOURCES);
    List<RecallHit> memories = related(question, sources);
    Worded worded = word(question, sources, memories);
    String facts = list(sources, memories, worded.model().isPresent(), now);
    return new Answer(question, worded.lead() + facts, sources, memories, worded.model());
  }

  /** Those that share words, are near enough, or are nearer than any source and not far off. */
  private List<RecallHit> related(String question, List<GroundedReading> sources) {
    double nearest = sources.isEmpty() ? 0 : sources.get(0).score();
    double enough = Math.min(RELATED, Math.max(nearest, PERHAPS_RELATED));
    return store.recall(RecallQuery.of(question, MEMORIES)).hits().stream()
        .filter(hit -> hit.why() != RecallHit.Why.LATEST)
        .filter(hit -> hit.why() != RecallHit.Why.MEANING || hit.cosine() >= enough)
        .toList();
  }

  private record Worded(String lead, Optional<String> model) {}

  private List<Reading> latest() {
    Map<SourceId, Reading> newest = new TreeMap<>();
    for (List<Reading> some : List.of(store.readings().latest(), live.get())) {
      some.forEach(reading -> newest.put(reading.source(), reading));
    }
    return List.copyOf(newest.values());
  }

  private Worded word(String question, List<GroundedReading> sources, List<RecallHit> memories) {
    if (sources.isEmpty() && memories.isEmpty()) {
      return new Worded("Nothing is known yet that could answer this.\n", Optional.empty());
    }
    Optional<PastDay> past = PastDay.in(question, LocalDate.ofInstant(clock.instant(), zone));
    if (past.isPresent()) {
      return new Worded(ofThen(past.get(), sources), Optional.empty());
    }
    if (memories.isEmpty() && !grounding.fits(sources)) {
      return new Worded(
          "Nothing that is known here fits the question well. Nearest to it:\n", Optional.empty());
    }
    if (model.isEmpty() || model.get().available().isEmpty()) {
      return new Worded(
          "No language model is at hand. Nearest to the question:\n", Optional.empty());
    }
    String facts = Wording.facts(sources, memories);
    try {
      ChatReply reply = model.get().chat(Wording.request(facts, question));
      LOG.debug("{} said: {}", reply.model(), reply.text());
      return GroundedWords.of(reply.text(), facts, question)
          .map(words -> new Worded(words + "\nThis rests on:\n", Optional.of(reply.model())))
          .orElseGet(
              () ->
                  new Worded(
                      "The model %s said nothing that the readings bear out. Nearest to the question:\n"
                          .formatted(reply.model()),
                      Optional.empty()));
    } catch (ChatException e) {
      return new Worded(
          "The language model did not answer (%s). Nearest to the question:\n"
              .formatted(e.getMessage()),
          Optional.empty());
    }
  }

  private static String ofThen(PastDay past, List<GroundedReading> sources) {
    String source = sources.isEmpty() ? "*" : sources.get(0).reading().source().toString();
    return ("The question is about %s, but readings are answered as they are now. What was measured then:"
            + " smollama readings export --source '%s' --since %s --until %s\n"
            + "Nearest to the question, as things stand now:\n")
        .formatted(past.words(), source, past.day(), past.day().plusDays(1));
  }

  /** What a model was told is listed whole, so that its words can be held against it. */
  private String list(
      List<GroundedReading> sources, List<RecallHit> memories, boolean toldAModel, Instant now) {
    int told = toldAModel ? Wording.SOURCES_TOLD : 0;
    boolean fits = grounding.fits(sources) || memories.isEmpty();
    double best = sources.isEmpty() ? 0 : sources.get(0).score();
    String readings =
        sources.stream()
            .filter(
                source ->
                    sources.indexOf(source) < told
                        || (fits && source.score() >= best - WORTH_NAMING))
            .map(source -> "  " + source.describe(now))
            .collect(Collectors.joining("\n"));
    String noted =
        memories.stream().map(hit -> "  " + noted(hit, now)).collect(Collectors.joining("\n"));
    return readings + (readings.isEmpty() || noted.isEmpty() ? "" : "\n") + noted;
  }

  private static String noted(RecallHit hit, Instant now) {
    return hit.text() + hit.time().map(time -> " (" + Age.of(time, now) + ")").orElse("");
  }
}
