package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.memory.MemoryStore;
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
  private final ToolLoop loop;
  private final ChatModel model;
  private final Ask ask;
  private final InstantSource clock;
  private final DateTimeFormatter time;

  /**
   * A chat.
   *
   * @param tools what the model may use
   * @param ask answers when no model can
   */
  public Chat(
      MemoryStore store,
      Optional<EmbeddingProvider> embedder,
      ChatModel model,
      List<Tool> tools,
      Ask ask,
      InstantSource clock,
      ZoneId zone) {
    this.store = store;
    this.grounding = new Grounding(embedder);
    this.loop = ToolLoop.of(model, tools, TurnLimits.defaults(), System::nanoTime);
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
    List<ChatMessage> conversation = new ArrayList<>();
    conversation.add(ChatMessage.system(INSTRUCTIONS));
    conversation.addAll(before.subList(Math.max(0, before.size() - REMEMBERED), before.size()));
    conversation.add(ChatMessage.user(said + "\n\n" + situation(said)));
    try {
      Turn turn = loop.run(conversation, listener);
      return new Turn(ActClaims.honest(turn), turn.uses(), turn.ending(), turn.model());
    } catch (ChatException e) {
      Turn instead = withoutModel(said);
      return new Turn(
          "The language model did not answer (%s).\n%s".formatted(e.getMessage(), instead.text()),
          List.of(),
          Turn.Ending.SILENT,
          Optional.empty());
    }
  }

  /** What changes stands last, so that a model need not read the rest again. */
  private String situation(String said) {
    Instant now = clock.instant();
    String readings =
        grounding.nearest(said, store.readings().latest(), store, now, SOURCES_TOLD).stream()
            .filter(nearest -> !ReadingTools.isFromOutside(nearest.reading()))
            .map(nearest -> nearest.describe(now))
            .collect(Collectors.joining("\n"));
    return "It is %s.%s"
        .formatted(time.format(now), readings.isEmpty() ? "" : " Readings:\n" + readings);
  }

  private Turn withoutModel(String said) {
    return new Turn(ask.ask(said).text(), List.of(), Turn.Ending.ANSWERED, Optional.empty());
  }
}
