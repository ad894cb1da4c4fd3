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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers questions from readings and memories. The nearest of both are found by code; a model only
 * puts them into words, and what it says beyond them is dropped. With no model the list itself is
 * the answer and says so. A question that fits nothing known is told so, and no model is bothered.
 * One about a time that is past ({@code last Monday}) is answered from the history of then,
 * observations and facts as they stood; if that time is not understood, the answer says that it is
 * of now. Thread-safe.
 */
public final class Ask {
  private static final Logger LOG = LoggerFactory.getLogger(Ask.class);
  private static final int SOURCES = 5;

  /** Sources this far behind the nearest are not named in the answer. */
  private static final double WORTH_NAMING = 0.2;

  private static final String NOTHING_KNOWN = "Nothing is known yet that could answer this.\n";
  private static final String FITS_NOTHING =
      "Nothing that is known here fits the question well. Nearest to it:\n";
  private static final String NOW =
      "The question sounds like the past, but names no time that is understood (such as yesterday at"
          + " noon, last Monday, 2 November, in March, 3 hours ago). As things stand now:\n";

  private final MemoryStore store;
  private final Supplier<List<Reading>> live;
  private final Grounding grounding;
  private final RelatedMemories related;
  private final ReadingsThen readingsThen;
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
    this.related = new RelatedMemories(store);
    this.readingsThen = new ReadingsThen(store.readings());
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
    PastTimes past = new PastTimes(now, zone);
    Optional<AskedTime> span = past.in(question);
    if (span.isPresent()) {
      return then(question, span.get(), latest, now);
    }
    List<GroundedReading> sources = grounding.nearest(question, latest, store, now, SOURCES);
    List<RecallHit> memories = related.now(question, sources);
    if (past.isHinted(question) && grounding.fits(sources)) {
      String facts = list(sources, memories, false, now);
      return new Answer(
          question, NOW + facts, sources, memories, Optional.empty(), Optional.empty());
    }
    Worded worded = word(question, sources, memories);
    String facts = list(sources, memories, worded.model().isPresent(), now);
    return new Answer(
        question, worded.lead() + facts, sources, memories, worded.model(), Optional.empty());
  }

  /** What is known of a span of the past is a list; no model is bothered. */
  private Answer then(String question, AskedTime span, List<Reading> latest, Instant now) {
    String rest = question.replace(span.words(), " ");
    List<GroundedReading> sources = grounding.nearest(rest, latest, store, now, SOURCES);
    List<RecallHit> memories = related.then(rest, span, sources);
    boolean nothing = memories.isEmpty() && !grounding.fits(sources);
    String lead = (nothing ? FITS_NOTHING : "About %s. Nearest to the question:\n");
    String readings =
        worthNaming(sources, memories, 0)
            .map(source -> "  " + readingsThen.tell(source.reading(), span))
            .collect(Collectors.joining("\n"));
    String text =
        sources.isEmpty() && memories.isEmpty()
            ? NOTHING_KNOWN
            : lead.formatted(AskedTimeWords.of(span, zone))
                + joined(readings, memories, hit -> notedThen(hit, span, now));
    return new Answer(question, text, sources, memories, Optional.empty(), Optional.of(span));
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
      return new Worded(NOTHING_KNOWN, Optional.empty());
    }
    if (memories.isEmpty() && !grounding.fits(sources)) {
      return new Worded(FITS_NOTHING, Optional.empty());
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

  /** What a model was told is listed whole, so that its words can be held against it. */
  private String list(
      List<GroundedReading> sources, List<RecallHit> memories, boolean toldAModel, Instant now) {
    int told = toldAModel ? Wording.SOURCES_TOLD : 0;
    String readings =
        worthNaming(sources, memories, told)
            .map(source -> "  " + source.describe(now))
            .collect(Collectors.joining("\n"));
    return joined(readings, memories, hit -> noted(hit, now));
  }

  private Stream<GroundedReading> worthNaming(
      List<GroundedReading> sources, List<RecallHit> memories, int told) {
    boolean fits = grounding.fits(sources) || memories.isEmpty();
    double best = sources.isEmpty() ? 0 : sources.get(0).score();
    return sources.stream()
        .filter(
            source ->
                sources.indexOf(source) < told || (fits && source.score() >= best - WORTH_NAMING));
  }

  private static String joined(
      String readings, List<RecallHit> memories, Function<RecallHit, String> words) {
    String noted =
        memories.stream().map(hit -> "  " + words.apply(hit)).collect(Collectors.joining("\n"));
    return readings + (readings.isEmpty() || noted.isEmpty() ? "" : "\n") + noted;
  }

  private static String notedThen(RecallHit hit, AskedTime span, Instant now) {
    return hit.time()
        .filter(time -> !time.isBefore(span.to()))
        .map(
            time ->
                "%s (said since, %s)".formatted(hit.text(), Age.of(time, hit.timeCertainty(), now)))
        .orElseGet(() -> noted(hit, now));
  }

  private static String noted(RecallHit hit, Instant now) {
    return hit.text()
        + hit.time().map(time -> " (" + Age.of(time, hit.timeCertainty(), now) + ")").orElse("");
  }
}
