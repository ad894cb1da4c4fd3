package io.smollama.dashboard;

import io.smollama.core.Counted;
import io.smollama.memory.MemoryStats;
import io.smollama.memory.Observation;
import io.smollama.memory.Remembered;
import java.util.List;

/** The pages, and the fragments that htmx puts into them. Thread-safe. */
final class WebPages {
  private static final int ON_OVERVIEW = 5;
  private static final int ON_PAGE = 100;
  private static final String NOTHING_NOTICED = "Nothing noticed yet.";
  private static final String NOTHING_FOUND = "Nothing found.";

  private final NodeView node;
  private final LatestReadings readings;
  private final Findings findings;
  private final Questions questions;
  private final CorrectionPages corrections;
  private final SourceViews sources;

  WebPages(
      NodeView node,
      LatestReadings readings,
      Findings findings,
      Questions questions,
      CorrectionPages corrections) {
    this.node = node;
    this.readings = readings;
    this.findings = findings;
    this.questions = questions;
    this.corrections = corrections;
    this.sources = new SourceViews(node);
  }

  Reply overview(Request request) {
    FactFilter latest = FactFilter.latest(ON_OVERVIEW);
    return Reply.html(
        Fragments.overview(
            shell("overview"),
            groups(),
            findings.observations(ObservationFilter.latest(ON_OVERVIEW)),
            findings.facts(latest),
            noFacts(latest),
            wellness(),
            ON_OVERVIEW));
  }

  Reply readingsPage(Request request) {
    if (request.words("source").isPresent()) {
      return Reply.html(Fragments.sourcePage(shell("readings"), sources.of(request)));
    }
    return Reply.html(Fragments.readingsPage(shell("readings"), groups(), charts()));
  }

  Reply observationsPage(Request request) {
    if (request.words("id").isPresent()) {
      return closeUp(request);
    }
    ObservationFilter filter = ObservationFilter.of(request, ON_PAGE);
    List<Finding> noticed = findings.observations(filter);
    return Reply.html(Fragments.observationsPage(shell("observations"), noticed, filter));
  }

  Reply memoriesPage(Request request) {
    if (request.words("id").isPresent()) {
      return closeUp(request);
    }
    FactFilter filter = FactFilter.of(request, ON_PAGE);
    List<Finding> facts = findings.facts(filter);
    return Reply.html(Fragments.memoriesPage(shell("memories"), facts, filter, noFacts(filter)));
  }

  private Reply closeUp(Request request) {
    CloseUp closeUp = corrections.require(request.words("id"), "");
    String tab = closeUp.isFact() ? "memories" : "observations";
    return Reply.html(Fragments.closeUpPage(shell(tab), closeUp));
  }

  /** What changes on the page of one source. */
  Reply source(Request request) {
    return Reply.html(Fragments.sourcePast(sources.of(request)));
  }

  Reply readings(Request request) {
    return Reply.html(Fragments.readings(groups()));
  }

  Reply charts(Request request) {
    return Reply.html(Fragments.charts(charts()));
  }

  Reply observations(Request request) {
    ObservationFilter filter = ObservationFilter.of(request, JsonApi.USUAL_LIMIT);
    String empty = filter.selects() ? NOTHING_FOUND : NOTHING_NOTICED;
    return Reply.html(Fragments.findings(findings.observations(filter), empty));
  }

  Reply memories(Request request) {
    FactFilter filter = FactFilter.of(request, JsonApi.USUAL_LIMIT);
    return Reply.html(Fragments.findings(findings.facts(filter), noFacts(filter)));
  }

  /** What an empty list of facts means. */
  private String noFacts(FactFilter filter) {
    if (filter.query().isPresent()) {
      return NOTHING_FOUND;
    } else if (filter.believed().isPresent()) {
      return "Nothing was held to be true then.";
    }
    return node.memory().stats().memories() == 0
        ? "No facts yet. Tell the node one."
        : "No fact is true now. Past and retracted ones are shown if you ask for them.";
  }

  Reply recall(Request request) {
    String query = JsonApi.query(request).orElse("");
    List<Finding> found = findings.recall(query, JsonApi.limit(request));
    return Reply.html(Fragments.findings(found, NOTHING_FOUND));
  }

  Reply health(Request request) {
    return Reply.html(Fragments.health(wellness()));
  }

  Reply stats(Request request) {
    return Reply.html(Fragments.stats(stats()));
  }

  Reply ask(Request request) {
    String question =
        request.field("question").orElseThrow(() -> Refusal.badRequest("Type a question first."));
    return Reply.html(Fragments.answer(AnswerParts.of(questions.ask(question))));
  }

  /** Tells the page, by a header, that the list of facts has changed. */
  Reply remember(Request request) {
    String fact = request.field("fact").orElseThrow(() -> Refusal.badRequest("Type a fact first."));
    Remembered remembered = node.memory().remember(JsonApi.newMemory(fact, 0.8));
    return Reply.html(Fragments.remembered(remembered)).with("HX-Trigger", "remembered");
  }

  /** The readings, to be pushed to the open pages. */
  String readingsNow() {
    return Fragments.readings(groups());
  }

  /** An observation, to be pushed to the open pages. */
  String noticedNow(Observation observation) {
    return Fragments.finding(findings.of(observation));
  }

  private List<ReadingGroup> groups() {
    return ReadingGroup.of(readings.all(), node.clock().instant());
  }

  private List<DayChart> charts() {
    return DayChart.of(node.memory().readings(), node.clock().instant());
  }

  private Wellness wellness() {
    return new Wellness(node.health().get());
  }

  private Shell shell(String tab) {
    return new Shell(node.name(), node.version(), tab, node.clock().instant().toString(), stats());
  }

  private String stats() {
    MemoryStats stats = node.memory().stats();
    return "%s, %s and %s kept"
        .formatted(
            Counted.of(stats.readings(), "reading"),
            Counted.of(stats.observations(), "observation"),
            Counted.of(stats.memories(), "fact"));
  }
}
