package io.smollama.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands on the words of a turn while it runs, sentence by sentence, as far as they can be shown
 * whatever comes after: the first that claims an act or states what nobody measured, and all behind
 * it, wait for the whole answer. One thread at a time.
 */
final class CheckedWords implements TurnListener {
  private static final Pattern SENTENCE = Pattern.compile("(?s)^.*?[.!?]\\s");

  private final TurnListener listener;
  private final BorneOut borneOut;
  private final StringBuilder held = new StringBuilder();
  private final StringBuilder found = new StringBuilder();
  private boolean tried;
  private boolean holds;

  CheckedWords(TurnListener listener, BorneOut borneOut) {
    this.listener = listener;
    this.borneOut = borneOut;
  }

  @Override
  public void words(String piece) {
    held.append(piece);
    Matcher sentence = SENTENCE.matcher(held);
    while (!holds && sentence.find()) {
      String whole = sentence.group();
      holds = !isShowable(whole.strip());
      if (!holds) {
        listener.words(whole);
        held.delete(0, whole.length());
        sentence.reset();
      }
    }
  }

  private boolean isShowable(String sentence) {
    return !ActClaims.claims(sentence, tried)
        && borneOut.of(sentence, found.toString()).isPresent();
  }

  @Override
  public void used(Turn.Use use) {
    found.append(use.result().text()).append('\n');
    tried |= use.acting();
    listener.used(use);
  }
}
