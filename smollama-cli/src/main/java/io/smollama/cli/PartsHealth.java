package io.smollama.cli;

import io.smollama.agent.Reflection;
import io.smollama.core.Counted;
import io.smollama.core.EmbeddingProvider;
import io.smollama.dashboard.ClockWords;
import io.smollama.dashboard.PartHealth;
import io.smollama.devices.Displays;
import io.smollama.memory.DamagedReadings;
import io.smollama.memory.MemoryStats;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.ProviderState;
import io.smollama.readings.SystemReadings;
import io.smollama.sync.ClockMarks;
import io.smollama.sync.Incarnation;
import io.smollama.sync.SharedReplica;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says how the parts of a node are. Thread-safe. */
final class PartsHealth {
  private final Parts parts;
  private final ChatChoice chat;
  private final Optional<EmbeddingProvider> embedder;

  PartsHealth(Parts parts, ChatChoice chat, Optional<EmbeddingProvider> embedder) {
    this.parts = parts;
    this.chat = chat;
    this.embedder = embedder;
  }

  /**
   * How each part is, in the order in which data travels; answers at once.
   *
   * @param model how the chat model was when last looked at, see {@link #model}
   */
  List<PartHealth> now(PartHealth model) {
    List<PartHealth> all = new ArrayList<>();
    parts.hub().states().forEach(provider -> all.add(ofProvider(provider)));
    parts.displays().states().forEach(display -> all.add(ofDisplay(display)));
    MemoryStats stats = parts.memory().stats();
    all.add(ofMemory(stats));
    all.add(ofEmbeddings(stats));
    all.add(ofJournal());
    all.add(ofClock());
    all.addAll(parts.sync().health());
    all.add(parts.messages().health());
    all.add(model);
    all.add(new PartHealth("agent", PartHealth.State.OK, parts.talk().says()));
    Reflection reflection = parts.talk().reflection();
    all.add(
        new PartHealth(
            "observer",
            reflection.isFailing() ? PartHealth.State.FAILING : PartHealth.State.OK,
            reflection.says()));
    return all;
  }

  /** What is told of the chat model before it was looked at. */
  PartHealth modelNotAsked() {
    return new PartHealth(chat.part(), PartHealth.State.ABSENT, "not asked yet");
  }

  /** How the chat model is; may take seconds. */
  PartHealth model() {
    boolean there = chat.model().available().isPresent();
    return new PartHealth(
        chat.part(),
        there ? PartHealth.State.OK : PartHealth.State.ABSENT,
        "%s: %s%s"
            .formatted(chat.address(), chat.state().get(), there ? "" : "; answers come as lists"));
  }

  /** A node that goes on under a new identity says so, for as long as it has that one. */
  private PartHealth ofJournal() {
    SharedReplica replica = parts.journal().replica();
    Incarnation identity = replica.incarnation();
    String held =
        "replica %s, %s"
            .formatted(
                identity.origin().hex().substring(0, 8),
                Counted.of(replica.size(), "entry", "entries"));
    String anew =
        identity.number() == 1
            ? ""
            : "; its %s identity, since %s: %s. Nothing is lost and nothing is to be done"
                .formatted(
                    ordinal(identity.number()),
                    identity
                        .since()
                        .map(time -> PersonsTime.shown(time, ZoneId.systemDefault()))
                        .orElse("the clock was unknown"),
                    identity.reason().replaceFirst("^This", "this"));
    return new PartHealth("journal", PartHealth.State.OK, held + anew);
  }

  private PartHealth ofClock() {
    ClockMarks.State clock = parts.journal().clockMarks().state();
    boolean wrong = clock == ClockMarks.State.UNSET || clock == ClockMarks.State.TOLD;
    return new PartHealth(
        "clock", wrong ? PartHealth.State.ABSENT : PartHealth.State.OK, ClockWords.of(clock));
  }

  private static String ordinal(long number) {
    boolean teen = number % 100 / 10 == 1;
    String ending =
        teen || number % 10 > 3 || number % 10 == 0
            ? "th"
            : number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : "rd";
    return number + ending;
  }

  private PartHealth ofMemory(MemoryStats stats) {
    String failure = parts.memory().readings().failure();
    String warning = parts.memory().readings().warning();
    if (failure.isEmpty() && !warning.isEmpty()) {
      return new PartHealth("memory", PartHealth.State.FAILING, warning);
    }
    return failure.isEmpty()
        ? new PartHealth(
            "memory",
            PartHealth.State.OK,
            String.join(
                    ", ",
                    Counted.of(stats.readings(), "reading"),
                    Counted.of(stats.observations(), "observation"),
                    Counted.of(stats.memories(), "fact"))
                + damaged()
                + kept())
        : new PartHealth(
            "memory", PartHealth.State.FAILING, failure + "; the newest readings wait");
  }

  /** What was lost to a worn card; the node goes on without it. */
  private String damaged() {
    List<DamagedReadings> damaged = parts.memory().readings().damaged();
    String others =
        damaged.size() > 1 ? ", and of %d more spans".formatted(damaged.size() - 1) : "";
    return damaged.isEmpty()
        ? ""
        : "; damaged and left out: %s%s".formatted(damaged.get(0), others);
  }

  /** A file that was damaged as a whole, until somebody deletes it. */
  private String kept() {
    List<Path> kept = parts.memory().upkeep().keptDamaged();
    return kept.isEmpty()
        ? ""
        : "; its file was damaged and begun anew, the damaged one is %s"
            .formatted(kept.get(kept.size() - 1));
  }

  private PartHealth ofProvider(ProviderState provider) {
    boolean pins = provider.type().equals(GpioReadings.TYPE);
    boolean ails = pins && parts.pins().isAilment();
    String sources =
        Counted.of(provider.sources(), "source")
            + (pins ? ", " + parts.pins().says() : "")
            + missing(provider.type())
            + parts.messages().bridge().says(provider.type());
    return provider.health() == ProviderState.Health.OK
        ? new PartHealth(
            provider.type(), ails ? PartHealth.State.FAILING : PartHealth.State.OK, sources)
        : new PartHealth(
            provider.type(),
            PartHealth.State.FAILING,
            "%s since %s: %s"
                .formatted(
                    provider.health().name().toLowerCase(Locale.ROOT),
                    provider
                        .since()
                        .map(time -> PersonsTime.shown(time, ZoneId.systemDefault()))
                        .orElse("just now"),
                    withoutName(provider.type(), provider.lastError())));
  }

  static PartHealth ofDisplay(Displays.State display) {
    return display.failure().isEmpty()
        ? new PartHealth(
            display.name(),
            PartHealth.State.OK,
            display.description() + ": " + String.join(" | ", display.shown()))
        : new PartHealth(
            display.name(),
            PartHealth.State.FAILING,
            withoutName(display.name(), display.failure()));
  }

  /** A failure begins with the name of whose it is, which stands beside it. */
  static String withoutName(String name, String failure) {
    return failure.startsWith(name + ": ") ? failure.substring(name.length() + 2) : failure;
  }

  /** What most machines have and this one does not. */
  private String missing(String type) {
    boolean warm =
        !type.equals(SystemReadings.TYPE)
            || parts.hub().sources().stream()
                .anyMatch(s -> s.id().toString().equals("system:cpu_temp"));
    return warm ? "" : ", no CPU temperature on this machine";
  }

  private PartHealth ofEmbeddings(MemoryStats stats) {
    String failure = parts.memory().upkeep().embeddingFailure();
    return failure.isEmpty()
        ? new PartHealth(
            "embeddings",
            PartHealth.State.OK,
            "%s%s, %s embedded%s"
                .formatted(
                    embedder.orElseThrow().model().id(),
                    parts.memory().upkeep().embeddingTried() ? "" : " (not loaded yet)",
                    Counted.of(stats.vectors(), "text"),
                    stats.vectorsMissing() == 0 ? "" : ", " + stats.vectorsMissing() + " waiting"))
        : new PartHealth(
            "embeddings", PartHealth.State.ABSENT, failure + "; recall goes by words only");
  }
}
