package io.smollama.dashboard;

import io.smollama.memory.MemoryStats;
import io.smollama.memory.Observation;
import io.smollama.memory.RecallHit;
import io.smollama.memory.Remembered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The pages, and the fragments that htmx puts into them. Thread-safe. */
final class WebPages {
  private static final int ON_OVERVIEW = 5;
  private static final int ON_PAGE = 100;
  private static final String NOTHING_NOTICED = "Nothing noticed yet.";
  private static final String NOTHING_FOUND = "Nothing found.";
  private static final String NO_FACTS = "No facts yet. Tell the node one below.";

  private final NodeView node;
  private final LatestReadings readings;
  private final KnowledgeSearch search;
  private final Questions questions;

  WebPages(NodeView node, LatestReadings readings, KnowledgeSearch search, Questions questions) {
    this.node = node;
    this.readings = readings;
    this.search = search;
    this.questions = questions;
  }

  Reply overview(Request request) {
    var latest = new ObservationFilter(Optional.empty(), ON_OVERVIEW, Optional.empty(), 0);
    return Reply.html(
        Fragments.overview(
            shell("overview"),
            groups(),
            noticed(latest),
            facts(Optional.empty(), ON_OVERVIEW),
            wellness(),
            ON_OVERVIEW));
  }

  Reply readingsPage(Request request) {
    return Reply.html(Fragments.readingsPage(shell("readings"), groups()));
  }

  Reply observationsPage(Request request) {
    ObservationFilter asked = ObservationFilter.of(request);
    int limit = request.number("limit", ON_PAGE, 1, ObservationFilter.MOST);
    var filter = new ObservationFilter(asked.query(), limit, asked.type(), asked.hours());
    return Reply.html(Fragments.observationsPage(shell("observations"), noticed(filter), filter));
  }

  Reply memoriesPage(Request request) {
    Optional<String> query = JsonApi.query(request);
    return Reply.html(
        Fragments.memoriesPage(shell("memories"), facts(query, ON_PAGE), query.orElse("")));
  }

  Reply readings(Request request) {
    return Reply.html(Fragments.readings(groups()));
  }

  Reply observations(Request request) {
    ObservationFilter filter = ObservationFilter.of(request);
    String empty = filter.selects() ? NOTHING_FOUND : NOTHING_NOTICED;
    return Reply.html(Fragments.findings(noticed(filter), empty));
  }

  Reply memories(Request request) {
    Optional<String> query = JsonApi.query(request);
    String empty = query.isPresent() ? NOTHING_FOUND : NO_FACTS;
    return Reply.html(Fragments.findings(facts(query, JsonApi.limit(request)), empty));
  }

  Reply recall(Request request) {
    String query = JsonApi.query(request).orElse("");
    List<RecallHit> hits = search.all(query, JsonApi.limit(request));
    return Reply.html(Fragments.findings(findings(hits), NOTHING_FOUND));
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
    return Fragments.finding(
        Finding.of(Noticed.of(observation), node.name(), node.clock().instant()));
  }

  private List<ReadingGroup> groups() {
    return ReadingGroup.of(readings.all(), node.clock().instant());
  }

  private List<Finding> noticed(ObservationFilter filter) {
    Instant now = node.clock().instant();
    return search.observations(filter).stream()
        .map(noticed -> Finding.of(noticed, node.name(), now))
        .toList();
  }

  private List<Finding> facts(Optional<String> query, int limit) {
    return findings(search.facts(query, limit));
  }

  private List<Finding> findings(List<RecallHit> hits) {
    Instant now = node.clock().instant();
    return hits.stream().map(hit -> Finding.of(hit, node.name(), now)).toList();
  }

  private Wellness wellness() {
    return new Wellness(node.health().get());
  }

  private Shell shell(String tab) {
    return new Shell(node.name(), node.version(), tab, node.clock().instant().toString(), stats());
  }

  private String stats() {
    MemoryStats stats = node.memory().stats();
    return "%d readings, %d observations and %d facts kept"
        .formatted(stats.readings(), stats.observations(), stats.memories());
  }
}
