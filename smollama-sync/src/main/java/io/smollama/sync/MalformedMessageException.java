package io.smollama.sync;

import io.smollama.core.SmollamaException;

/**
 * What another replica sent, or a file of it, cannot be read. It names the line and what is wrong
 * there. Immutable.
 */
public final class MalformedMessageException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 300;

  private final boolean tooLarge;

  private MalformedMessageException(String culprit, String fault, boolean tooLarge) {
    super(culprit, printable(fault), false);
    this.tooLarge = tooLarge;
  }

  /** What it quotes comes from a stranger: no control characters, and not endless. */
  private static String printable(String fault) {
    String line = fault.replaceAll("\\p{Cntrl}+", "\uFFFD");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  static MalformedMessageException at(long line, String fault) {
    return new MalformedMessageException("line " + line, fault, false);
  }

  static MalformedMessageException of(String culprit, String fault) {
    return new MalformedMessageException(culprit, fault, false);
  }

  /** Reading ended at a limit, before anything was made of it. */
  static MalformedMessageException tooLarge(String culprit, String fault) {
    return new MalformedMessageException(culprit, fault, true);
  }

  /** Whether it is only too much at once. */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
