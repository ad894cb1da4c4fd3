package io.smollama.agent;

import io.smollama.core.ActRecord;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what a model says it did against what was done. A sentence claims an act if it tells of
 * something done and denies, asks and hedges nothing; which outputs it means is not looked at,
 * since the receipts are told beside it.
 */
final class ActClaims {
  private static final String DONE =
      "(?:un|re)?(?:turned|switched|set|opened|closed|locked|activated|started|stopped|enabled|disabled"
          + "|deactivated|published|sent|dimmed|paused|resumed|added|removed|changed|adjusted|increased"
          + "|decreased|returned|pressed|cancell?ed|played|muted|skipped|raised|lowered|cleaned|docked"
          + "|triggered|toggled|completed|executed|done|updated|created|marked)";

  private static final String DOING =
      "(?:turning|switching|setting|opening|closing|locking|unlocking|starting|stopping|pausing|resuming"
          + "|adding|removing|changing|returning|playing|skipping|sending|cleaning)";

  /** Of a turn that tried to act, anything that sounds done is a claim. */
  private static final Pattern AFTER_TRYING =
      pattern(
          "\\b%1$s\\b|\\b(?:is|are) now\\b|\\b(?:is|are|i'm|i am|now) %2$s\\b|^\\W*(?:done|ok|okay|sure|%2$s)\\b"
              .formatted(DONE, DOING));

  /** Of one that did not, only what it says of itself or of just now: doors open by themselves. */
  private static final Pattern OF_ITSELF =
      pattern(
          "\\b(?:i|i've|i have|i'll|i will)\\b[^,;]{0,20}\\b(?:%1$s|turn|switch|open|close|lock|start|stop)\\b|\\bi(?:'m| am) %2$s\\b|^\\W*(?:done|%2$s)\\b|\\b(?:has|have) (?:now )?been (?:successfully )?%1$s\\b|\\bis now (?:on|off|open|closed|locked|unlocked)\\b"
              .formatted(DONE, DOING));

  private static final Pattern DENIES =
      pattern(
          "\\b(?:not|cannot|unable|fail(?:ed|s|ure)?|error|no|none|without|unfortunately|sorry|please|would you"
              + "|should i|if|need to|must|needs?|unless|once|until|invalid|available|unavailable|could)\\b|n't\\b");

  private static final Pattern ON =
      pattern("\\b(?:on|opened|unlocked|started|activated|enabled)\\b");
  private static final Pattern OFF = pattern("\\b(?:off|closed|stopped|deactivated|disabled)\\b");

  /** What only a receipt bears out, though a fact was kept. */
  private static final Pattern SWITCHES =
      pattern(
          "\\b(?:turn|switch|open|clos|lock|unlock|start|stop|activat|deactivat|enabl|disabl)(?:e?d?|p?ed|p?ing)\\b");

  private ActClaims() {}

  private static Pattern pattern(String text) {
    return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether a text says that something was done. */
  static boolean claims(String text, boolean tried) {
    return !claimed(text, tried).isEmpty();
  }

  private static List<String> claimed(String text, boolean tried) {
    Pattern claim = tried ? AFTER_TRYING : OF_ITSELF;
    return Stream.of(text.replace('’', '\'').split("(?<=[.!?\\n])\\s+"))
        .filter(sentence -> claim.matcher(sentence).find())
        .filter(sentence -> !DENIES.matcher(sentence).find())
        .filter(sentence -> !sentence.strip().endsWith("?"))
        .toList();
  }

  /** Whether a sentence says on where all that was done is off, or the other way round. */
  private static boolean isTheOtherWay(String sentence, List<ActRecord> receipts) {
    boolean on = ON.matcher(sentence).find();
    boolean off = OFF.matcher(sentence).find();
    return on != off && receipts.stream().noneMatch(receipt -> receipt.act().on() == on);
  }

  /** As {@link #honest(Turn, String)}, showing all that the model said. */
  static String honest(Turn turn) {
    return honest(turn, turn.text());
  }

  /**
   * The answer of a turn with what was really done; without what the model said where that claims
   * what was not.
   *
   * @param shown what of its words is to be shown
   */
  static String honest(Turn turn, String shown) {
    List<ActRecord> receipts = turn.receipts();
    boolean allDone = !receipts.isEmpty() && receipts.stream().allMatch(ActRecord::isSuccess);
    boolean tried = turn.uses().stream().anyMatch(Turn.Use::acting);
    String done = receipts.stream().map(ActClaims::told).collect(Collectors.joining("\n"));
    boolean kept = turn.uses().stream().anyMatch(use -> use.result().kept());
    List<String> claimed =
        claimed(turn.text(), tried).stream()
            .filter(claim -> !kept || SWITCHES.matcher(claim).find())
            .toList();
    boolean meant = claimed.stream().noneMatch(claim -> isTheOtherWay(claim, receipts));
    if (allDone && meant || claimed.isEmpty()) {
      return done.isEmpty() || shown.isEmpty() ? shown + done : shown + "\n" + done;
    }
    String instead =
        "The model says that it did something; nothing was switched"
            + (receipts.stream().anyMatch(ActRecord::isSuccess) ? " but this." : ".");
    return done.isEmpty() ? instead : instead + "\n" + done;
  }

  private static String told(ActRecord receipt) {
    String verdict =
        switch (receipt.verdict()) {
          case DONE -> "Done";
          case UNCHANGED -> "As it was";
          case REFUSED -> "Refused";
          case FAILED -> "Failed";
        };
    return "[%s: %s]".formatted(verdict, receipt.says());
  }
}
