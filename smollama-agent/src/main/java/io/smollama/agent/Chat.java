package io.smollama.agent;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks with a person about a node, and does for them what its tools can. What lies nearest to a
 * question is found by code and told to the model; what the model claims to have done is held
 * against the receipts. Without a model the answer is that of {@link Ask}. Thread-safe.
 */
public final class Chat {
  private static final Logger LOG = LoggerFactory.getLogger(Chat.class);

  /** So much of what was said before is told again. */
  private static final int REMEMBERED = 6;

  private static final int LONGEST_MESSAGE = 2_000;

  private static final String INSTRUCTIONS =
      "You are the voice of a small computer with sensors. Answer in one or two short sentences, from"
          + " what you are told and what the tools give. Never guess a number. To switch something, call"
          + " write_gpio; say that something was done only after the tool said so.";

  private final NodeMeans means;
  private final Briefing briefing;
  private final ChatModel model;
  private final Ask ask;

  /**
   * A chat.
   *
   * @param means what the model may look at and have done
   * @param ask answers when no model can
   */
  public Chat(NodeMeans means, ChatModel model, Ask ask) {
    this.means = means;
    this.briefing = new Briefing(means, model);
    this.model = model;
    this.ask = ask;
  }

  /**
   * Answers.
   *
   * @param before what was said, oldest first, by the person and the answers; only the end is told
   * @param message what the person says now, not blank
   * @param listener hears how it goes, on the calling thread: of the words only what can be shown
   *     whatever comes after; the answer is what counts
   */
  public Turn say(List<ChatMessage> before, String message, TurnListener listener) {
    String said = message.strip();
    if (said.isEmpty() || said.length() > LONGEST_MESSAGE) {
      throw new IllegalArgumentException(
          "A message has 1 to %,d characters, had %,d".formatted(LONGEST_MESSAGE, said.length()));
    }
    List<InboxEntry> kept = kept(said);
    String outcome = "It failed inside.";
    try {
      Turn turn = answered(before, said, listener);
      outcome = turn.text();
      return turn;
    } finally {
      close(kept, outcome);
    }
  }

  /** A person gets an answer also when the disk is full. */
  private List<InboxEntry> kept(String said) {
    try {
      return means
          .inbox()
          .map(inbox -> inbox.begin(Trigger.of(Trigger.Kind.QUESTION, "chat", said, true)))
          .stream()
          .toList();
    } catch (InboxException e) {
      LOG.warn("{}", e.getMessage());
      return List.of();
    }
  }

  private void close(List<InboxEntry> kept, String outcome) {
    try {
      means.inbox().ifPresent(inbox -> inbox.done(kept, outcome));
    } catch (InboxException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private Turn answered(List<ChatMessage> before, String said, TurnListener listener) {
    if (model.available().isEmpty()) {
      return withoutModel(said);
    }
    List<ChatMessage> told = before.subList(Math.max(0, before.size() - REMEMBERED), before.size());
    try {
      return briefing.answer(INSTRUCTIONS, told, said, false, listener);
    } catch (ChatException e) {
      Turn instead = withoutModel(said);
      return new Turn(
          "The language model did not answer (%s).\n%s".formatted(e.getMessage(), instead.text()),
          List.of(),
          Turn.Ending.SILENT,
          Optional.empty());
    }
  }

  private Turn withoutModel(String said) {
    return new Turn(ask.ask(said).text(), List.of(), Turn.Ending.ANSWERED, Optional.empty());
  }
}
