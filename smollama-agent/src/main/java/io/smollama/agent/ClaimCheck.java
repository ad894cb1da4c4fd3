package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.Corrections;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryEdit;
import io.smollama.memory.MemoryFilter;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.Provenance;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the facts of this node that carry a {@link ReadingClaim} against the readings, without any
 * model. What changes is noted once: as an observation with the figures, and as a tag of the fact.
 * A fact that two different days refute ends to be true with the first of them, unless a person
 * said it; nothing is deleted. Thread-safe.
 */
public final class ClaimCheck {
  /** So many facts are looked at in one run, those said last. */
  private static final int MOST = 500;

  private final MemoryStore store;
  private final String node;
  private final SourceTrust trust;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * A check.
   *
   * @param node the name of this node: claims of others are about their sources
   * @param config tells whose words sources are
   * @param zone by which the hours of a day are meant
   */
  public ClaimCheck(
      MemoryStore store, String node, AgentConfig config, InstantSource clock, ZoneId zone) {
    this.store = store;
    this.node = node;
    this.trust = config.trust();
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * What a run found. Immutable.
   *
   * @param confirmed how many the last whole day bears out
   * @param stale of how many it says nothing
   * @param refuted how many it does not bear out
   * @param ended how many of these ended to be true by it
   * @param noted what changed
   */
  public record Report(int confirmed, int stale, int refuted, int ended, List<Observation> noted) {
    public Report {
      noted = List.copyOf(noted);
    }
  }

  /** Holds each claim against the last day that is over. Doing so again changes nothing. */
  public Report run() {
    Instant now = clock.instant();
    int[] verdicts = new int[ClaimResult.Verdict.values().length];
    int ended = 0;
    List<Observation> noted = new ArrayList<>();
    for (Memory fact : store.memories(filter(now))) {
      Optional<ReadingClaim> claim = ReadingClaim.of(fact);
      LocalDate day = claim.map(of -> ClaimResult.lastWhole(of, now, zone)).orElse(LocalDate.MIN);
      if (claim.isEmpty() || day.isBefore(claim.get().since())) {
        continue;
      }
      ClaimResult result = ClaimResult.of(claim.get(), day, store.readings(), zone);
      verdicts[result.verdict().ordinal()]++;
      ClaimStatus before = ClaimStatus.of(fact);
      ClaimStatus after = before.then(result.verdict(), day);
      boolean ends = before.isEndedBy(after) && fact.provenance() != Provenance.OPERATOR;
      if (!after.equals(before)) {
        noted.add(store.observe(told(fact, claim.get(), result, day, ends)));
        write(
            fact, after, ends ? Optional.of(firstRefuted(claim.get(), before)) : Optional.empty());
        ended += ends ? 1 : 0;
      }
    }
    return new Report(verdicts[0], verdicts[1], verdicts[2], ended, noted);
  }

  private MemoryFilter filter(Instant now) {
    return MemoryFilter.trueAt(now, MOST).tagged(ReadingClaim.TAG).ofNode(node);
  }

  private Instant firstRefuted(ReadingClaim claim, ClaimStatus before) {
    return ClaimResult.of(claim, before.refutedOn().orElseThrow(), store.readings(), zone).begins();
  }

  private void write(Memory fact, ClaimStatus status, Optional<Instant> end) {
    MemoryEdit edit = MemoryEdit.NONE.tags(status.tags(fact.tags()));
    Instant begin = fact.validFrom().orElse(Instant.MIN);
    if (end.isPresent()) {
      edit = edit.validTo(end.get().isAfter(begin) ? end.get() : clock.instant());
    }
    store
        .corrections()
        .edit(fact.id(), edit, new Corrections.By(Provenance.OBSERVER, "the readings say so"));
  }

  private NewObservation told(
      Memory fact, ReadingClaim claim, ClaimResult result, LocalDate day, boolean ends) {
    SourceId source = claim.source();
    Optional<Reading> latest = store.readings().latest(source);
    String unit = latest.map(Reading::unit).orElse(Units.NONE);
    String name = latest.map(SourceWords::name).orElse(source.toString());
    String verdict =
        switch (result.verdict()) {
          case CONFIRMED ->
              "is borne out: %s was %s".formatted(claim.statistic().word(), figure(result, unit));
          case STALE -> "cannot be tested: %s said nothing".formatted(name);
          case REFUTED ->
              "is refuted%s: %s was %s"
                  .formatted(
                      ends ? " again and ends to be true" : "",
                      claim.statistic().word(),
                      figure(result, unit));
        };
    String text =
        "%s (%s of %s) %s on %s"
            .formatted(shortened(fact.fact()), claim.says(unit), name, verdict, day);
    NewObservation noticed =
        NewObservation.of(text, ObservationType.STATUS, List.of(source))
            .tagged(List.of(ReadingClaim.TAG));
    return fact.tainted() || !trust.isNamedByOwner(source) ? noticed.fromOutside() : noticed;
  }

  private static String figure(ClaimResult result, String unit) {
    return Units.with(Figures.of(result.found()), unit);
  }

  private static String shortened(String fact) {
    return fact.length() <= 300 ? fact : fact.substring(0, 299) + "…";
  }
}
