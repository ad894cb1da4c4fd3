package io.smollama.dashboard;

import io.smollama.core.EntryId;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Gathers all that is to say of one fact or observation. Thread-safe. */
final class CloseUps {
  private static final Pattern ID = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");

  private final NodeView node;
  private final Findings findings;

  CloseUps(NodeView node, Findings findings) {
    this.node = node;
    this.findings = findings;
  }

  /**
   * What is known of an id; empty if it names nothing.
   *
   * @param done what was just done to it; may be empty
   */
  Optional<CloseUp> of(EntryId id, String done) {
    return node.memory()
        .memory(id)
        .map(fact -> ofFact(fact, done))
        .or(
            () ->
                node.memory()
                    .observation(id)
                    .map(findings::of)
                    .map(seen -> new CloseUp(seen, CloseUp.Fields.NONE, List.of(), done)));
  }

  private CloseUp ofFact(Memory fact, String done) {
    Here here = findings.here(Optional.empty());
    CloseUp.Fields fields =
        new CloseUp.Fields(
            fact.fact(),
            String.join(", ", fact.tags()),
            day(fact.validFrom(), here),
            day(fact.validTo(), here));
    List<CloseUp.Change> changes =
        node.memory().corrections().history(fact.id()).stream()
            .map(change -> change(change, here))
            .toList();
    return new CloseUp(Finding.of(fact, here), fields, changes, done);
  }

  private static String day(Optional<Instant> moment, Here here) {
    return moment.map(time -> here.day(time).toString()).orElse("");
  }

  private CloseUp.Change change(MemoryChange change, Here here) {
    boolean tookItsPlace = change.others().contains(change.entry());
    String by =
        Stream.of(
                change.provenance().map(who -> "by " + Finding.who(who)),
                Optional.of("on " + change.node()).filter(on -> !change.node().equals(here.node())))
            .flatMap(Optional::stream)
            .reduce("", (all, word) -> (all + " " + word).strip());
    return new CloseUp.Change(
        When.of(change.time(), change.timeCertainty(), here.now()),
        by,
        tookItsPlace ? "" : ID.matcher(change.what()).replaceAll("$1"),
        change.others().stream()
            .flatMap(other -> link(other, tookItsPlace ? "replaced by" : "in place of").stream())
            .toList());
  }

  private Optional<CloseUp.Link> link(EntryId other, String leads) {
    return node.memory()
        .memory(other)
        .map(fact -> new CloseUp.Link(leads, findings.of(fact).page(), fact.fact()));
  }
}
