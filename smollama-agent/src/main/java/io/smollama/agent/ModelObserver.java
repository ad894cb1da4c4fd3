package io.smollama.agent;

import com.fasterxml.jackson.databind.node.TextNode;
import io.smollama.agent.Look.Outcome;
import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.SmollamaException;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a model look at the readings and keeps what it notes, as far as the readings bear it out.
 * Code chooses what it sees; whatever it answers, or does not, is an outcome and never an
 * exception. What it notes is marked with its name, and as tainted where it was told words that
 * somebody else can have written. One thread at a time.
 */
public final class ModelObserver {
  private static final Logger LOG = LoggerFactory.getLogger(ModelObserver.class);
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration RECENT = Duration.ofDays(1);
  private static final int MOST_RECENT = 100;
  private static final int LONGEST_PLAIN_ANSWER = 240;

  private final NodeMeans means;
  private final ChatModel model;
  private final Duration deadline;
  private final LongSupplier nanos;
  private SeenState before = SeenState.NOTHING;
  private double changed;

  /**
   * An observer.
   *
   * @param means what it looks at and writes to; of its configuration whose words are trusted
   */
  public ModelObserver(NodeMeans means, ChatModel model) {
    this(means, model, LONGEST, System::nanoTime);
  }

  ModelObserver(NodeMeans means, ChatModel model, Duration deadline, LongSupplier nanos) {
    this.means = means;
    this.model = model;
    this.deadline = deadline;
    this.nanos = nanos;
  }

  /** What there is to be seen now. */
  SeenState seen() {
    return SeenState.of(means.store(), means.clock().instant());
  }

  /** The share of sources that changed since the last look. */
  double changed(SeenState seen) {
    return seen.changedSince(before);
  }

  /** The share of sources that had changed when it looked last. */
  double changedAtLast() {
    return changed;
  }

  /** Looks once. */
  public Look look() {
    long start = nanos.getAsLong();
    try {
      Look look = look(start);
      LOG.debug("Looked: {}", look);
      return look;
    } catch (ChatException e) {
      Outcome outcome = model.available().isEmpty() ? Outcome.AWAY : Outcome.FAILED;
      return Look.without(outcome, e.getMessage(), since(start));
    } catch (SmollamaException e) {
      return Look.without(Outcome.FAILED, e.getMessage(), since(start));
    } catch (RuntimeException e) {
      LOG.warn("A look failed; the next one is tried", e);
      return Look.without(Outcome.FAILED, "It failed inside: " + e, since(start));
    }
  }

  private Look look(long start) {
    Instant now = means.clock().instant();
    SeenState seen = SeenState.of(means.store(), now);
    if (seen.readings().isEmpty()) {
      return Look.without(
          Outcome.NO_READINGS, "there are no readings of the last hour", since(start));
    }
    if (model.available().isEmpty()) {
      return Look.without(Outcome.AWAY, "no chat model is at hand", since(start));
    }
    changed = seen.changedSince(before);
    LookMaterial material =
        LookMaterial.of(means.store(), means.config().trust(), seen, before, now);
    ChatReply reply = model.chat(material.request(deadline));
    before = seen;
    LookJudge judge = new LookJudge(material, reply.model(), recent(now));
    return keep(reply, judge, now, start);
  }

  private Look keep(ChatReply reply, LookJudge judge, Instant now, long start) {
    MemoryStore store = means.store();
    LookFormat.Found found = LookFormat.read(reply.text());
    List<NewObservation> noted = judge.observations(found.observations());
    List<NewMemory> stated = judge.facts(found.facts(), store, now, means.zone());
    if (isPlain(reply)) {
      noted = judge.observations(List.of(TextNode.valueOf(reply.text())));
    }
    List<Observation> observations = noted.stream().map(store::observe).toList();
    List<Memory> facts = stated.stream().map(store::remember).map(kept -> kept.memory()).toList();
    return new Look(
        observations.isEmpty() && facts.isEmpty() ? Outcome.NOTHING : Outcome.NOTED,
        observations,
        facts,
        judge.refused(),
        Optional.of(reply.model()),
        since(start),
        "");
  }

  /** A sentence without any JSON is an observation, too; a long talk is none. */
  private static boolean isPlain(ChatReply reply) {
    String text = reply.text();
    return !text.isBlank()
        && text.length() <= LONGEST_PLAIN_ANSWER
        && text.indexOf('{') < 0
        && text.indexOf('[') < 0;
  }

  private List<String> recent(Instant now) {
    List<String> texts = new ArrayList<>();
    means
        .store()
        .observations(Optional.empty(), now.minus(RECENT), MOST_RECENT)
        .forEach(observation -> texts.add(observation.text()));
    return texts;
  }

  private Duration since(long start) {
    return Duration.ofNanos(nanos.getAsLong() - start);
  }
}
