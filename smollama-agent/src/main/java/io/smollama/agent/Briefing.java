package io.smollama.agent;

import io.smollama.core.ChatMessage;
import io.smollama.core.ChatModel;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Has a model answer about a node: code chooses what it is told, the readings nearest to what is
 * said, and the tools; and of its words only what is borne out is kept. What changes stands last in
 * a prompt, so that a model need not read the rest again. Thread-safe.
 */
final class Briefing {
  private static final int SOURCES_TOLD = 3;

  private final NodeMeans means;
  private final ChatModel model;
  private final Grounding grounding;
  private final DateTimeFormatter time;

  Briefing(NodeMeans means, ChatModel model) {
    this.means = means;
    this.model = model;
    this.grounding = new Grounding(means.embedder());
    this.time =
        DateTimeFormatter.ofPattern("EEEE d MMMM yyyy HH:mm", Locale.ENGLISH)
            .withZone(means.zone());
  }

  /**
   * What belongs to some words. Immutable.
   *
   * @param situation the time and the readings nearest to the words
   * @param sources those readings' sources
   * @param outside whether somebody else can have written any of it
   */
  private record Situation(String situation, List<String> sources, boolean outside) {}

  private Situation of(String words) {
    Instant now = means.clock().instant();
    SourceTrust trust = means.config().trust();
    List<GroundedReading> all =
        grounding.nearest(
            words, means.store().readings().latest(), means.store(), now, SOURCES_TOLD);
    // What somebody else named is told if it is what is asked about, and ends acting then.
    boolean outside =
        !all.isEmpty() && grounding.fits(all) && trust.isFromOutside(all.get(0).reading());
    List<GroundedReading> nearest =
        all.stream().filter(one -> outside || !trust.isFromOutside(one.reading())).toList();
    String readings =
        nearest.stream().map(one -> one.describe(now)).collect(Collectors.joining("\n"));
    return new Situation(
        "It is %s.%s"
            .formatted(time.format(now), readings.isEmpty() ? "" : " Readings:\n" + readings),
        nearest.stream().map(one -> one.reading().source().toString()).toList(),
        outside);
  }

  /**
   * Has it answered, and keeps of the answer what is borne out and was done.
   *
   * @param instructions how to answer
   * @param before what was said before
   * @param question what is asked now
   * @param outside whether that holds words of somebody else, so that nothing may act
   */
  Turn answer(
      String instructions,
      List<ChatMessage> before,
      String question,
      boolean outside,
      TurnListener listener) {
    Situation situation = of(question);
    List<ChatMessage> conversation = new ArrayList<>();
    conversation.add(ChatMessage.system(instructions));
    conversation.addAll(before);
    conversation.add(ChatMessage.user(question + "\n\n" + situation.situation()));
    CallMode mode = means.modes().of(model);
    BorneOut borneOut = new BorneOut(mode, situation.situation(), question);
    Turn turn =
        loop(mode, situation, outside || situation.outside())
            .run(conversation, new CheckedWords(listener, borneOut));
    String text = ActClaims.honest(turn, borneOut.shown(turn));
    return new Turn(text, turn.uses(), turn.ending(), turn.model());
  }

  private ToolLoop loop(CallMode mode, Situation situation, boolean outside) {
    List<Tool> offered =
        new ArrayList<>(
            mode == CallMode.NATIVE
                ? NodeTools.of(means)
                : NodeTools.few(means, situation.sources()));
    offered.removeIf(tool -> outside && tool.acts());
    ToolLoop loop = new ToolLoop(model, offered, TurnLimits.defaults(), mode, System::nanoTime);
    return outside ? loop.distrusting() : loop;
  }
}
