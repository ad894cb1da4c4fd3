package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Talks with a person about a node, and does for them what its tools can. What lies nearest to a
 * question is found by code and told to the model; what the model claims to have done is held
 * against the receipts. Without a model the answer is that of {@link Ask}. Thread-safe.
 */
public final class Chat {
  private static final int SOURCES_TOLD = 3;

  /** So much of what was said before is told again. */
  private static final int REMEMBERED = 6;

  private static final int LONGEST_MESSAGE = 2_000;

  private static final String INSTRUCTIONS =
      "You are the voice of a small computer with sensors. Answer in one or two short sentences, from"
          + " what you are told and what the tools give. Never guess a number. To switch something, call"
          + " write_gpio; say that something was done only after the tool said so.";

  private final MemoryStore store;
  private final Grounding grounding;
  private final CallModes modes = new CallModes();
  private final Optional<ActuatorEnvelope> outputs;
  private final ChatModel model;
  private final Ask ask;
  private final InstantSource clock;
  private final ZoneId zone;
  private final DateTimeFormatter time;

  /**
   * A chat.
   *
   * @param outputs what the model may have switched; empty for a chat that only looks
   * @param ask answers when no model can
   */
  public Chat(
      MemoryStore store,
      Optional<EmbeddingProvider> embedder,
      ChatModel model,
      Optional<ActuatorEnvelope> outputs,
      Ask ask,
      InstantSource clock,
      ZoneId zone) {
    this.store = store;
    this.grounding = new Grounding(embedder);
    this.outputs = outputs;
    this.zone = zone;
    this.model = model;
    this.ask = ask;
    this.clock = clock;
    this.time =
        DateTimeFormatter.ofPattern("EEEE d MMMM yyyy HH:mm", Locale.ENGLISH).withZone(zone);
  }

  /**
   * Answers.
   *
   * @param before what was said, oldest first, by the person and the answers; only the end is told
   * @param message what the person says now, not blank
   * @param listener hears how it goes, on the calling thread
   */
  public Turn say(List<ChatMessage> before, String message, TurnListener listener) {
    String said = message.strip();
    if (said.isEmpty() || said.length() > LONGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "A message has 1 to %,d characters, had %,d".formatted(LONGEST_MESSAGE, said.length()));
    }
    if (model.available().isEmpty()) {
      return withoutModel(said);
    }
    List<GroundedReading> nearest = nearest(said);
    String situation = situation(nearest);
    List<ChatMessage> conversation = new ArrayList<>();
    conversation.add(ChatMessage.system(INSTRUCTIONS));
    conversation.addAll(before.subList(Math.max(0, before.size() - REMEMBERED), before.size()));
    conversation.add(ChatMessage.user(said + "\n\n" + situation));
    try {
      Turn turn = loop(nearest).run(conversation, listener);
      String text = ActClaims.honest(turn, grounded(turn, said, situation));
      return new Turn(text, turn.uses(), turn.ending(), turn.model());
    } catch (ChatException e) {
      Turn instead = withoutModel(said);
      return new Turn(
          "The language model did not answer (%s).\n%s".formatted(e.getMessage(), instead.text()),
          List.of(),
          Turn.Ending.SILENT,
          Optional.empty());
    }
  }

  private List<GroundedReading> nearest(String said) {
    return grounding
        .nearest(said, store.readings().latest(), store, clock.instant(), SOURCES_TOLD)
        .stream()
        .filter(nearest -> !ReadingTools.isFromOutside(nearest.reading()))
        .toList();
  }

  private ToolLoop loop(List<GroundedReading> nearest) {
    CallMode mode = modes.of(model);
    List<String> sources = nearest.stream().map(one -> one.reading().source().toString()).toList();
    List<Tool> tools =
        mode == CallMode.NATIVE || sources.isEmpty()
            ? NodeTools.of(store, outputs, clock, zone)
            : NodeTools.few(store, outputs, sources, clock, zone);
    return new ToolLoop(model, tools, TurnLimits.defaults(), mode, System::nanoTime);
  }

  /** Sentences with numbers that nobody measured are left out. */
  private static String grounded(Turn turn, String said, String situation) {
    String found =
        turn.uses().stream()
            .filter(use -> !use.repeated())
            .map(use -> use.result().text())
            .collect(Collectors.joining("\n"));
    return GroundedWords.of(turn.text(), situation + "\n" + found, said)
        .orElseGet(
            () ->
                turn.receipts().isEmpty()
                    ? "The model said nothing that the readings bear out.\n"
                        + (found.isEmpty() ? situation : found)
                    : ""); // what was done is told anyway
  }

  /** What changes stands last, so that a model need not read the rest again. */
  private String situation(List<GroundedReading> nearest) {
    Instant now = clock.instant();
    String readings =
        nearest.stream().map(one -> one.describe(now)).collect(Collectors.joining("\n"));
    return "It is %s.%s"
        .formatted(time.format(now), readings.isEmpty() ? "" : " Readings:\n" + readings);
  }

  private Turn withoutModel(String said) {
    return new Turn(ask.ask(said).text(), List.of(), Turn.Ending.ANSWERED, Optional.empty());
  }
}
