package io.smollama.agent;

import java.util.List;

/**
 * The words of an answer, parted from the thoughts that some models utter before them even when
 * told not to think, with or without the tag that opens them. One thread at a time.
 */
final class SpokenWords {
  private static final String OPEN = "<think>";
  private static final String CLOSE = "</think>";
  private static final int LONGEST_NAME = 64;

  private final List<String> tools;
  private final StringBuilder all = new StringBuilder();
  private int wordsFrom = -1;
  private int told;
  private boolean hasTold;

  /**
   * @param tools the names of those that are offered: what looks like a call of one is held back
   *     until it is known to be none
   */
  SpokenWords(List<String> tools) {
    this.tools = tools;
  }

  /** Takes a piece and gives what a listener may hear now. */
  String add(String piece) {
    int searchFrom = Math.max(0, all.length() - CLOSE.length());
    all.append(piece);
    if (wordsFrom < 0) {
      int closed = all.indexOf(CLOSE, searchFrom);
      if (closed >= 0) {
        wordsFrom = closed + CLOSE.length();
        told = Math.max(told, wordsFrom);
      }
    }
    int from = firstNonBlank(told);
    if (wordsFrom < 0 && mayOpen(firstNonBlank(0))) {
      return "";
    }
    int first = firstNonBlank(Math.max(0, wordsFrom));
    if (!hasTold && (from == all.length() || mayCall(first))) {
      return "";
    }
    String heard = all.substring(hasTold ? told : from);
    told = all.length();
    hasTold |= !heard.isEmpty();
    return heard;
  }

  /** Whether a listener has heard anything. */
  boolean hasTold() {
    return hasTold;
  }

  /** The words without the thoughts, and without blanks at both ends. */
  String text() {
    if (wordsFrom >= 0) {
      return all.substring(wordsFrom).strip();
    }
    return all.indexOf(OPEN, firstNonBlank(0)) == firstNonBlank(0) ? "" : all.toString().strip();
  }

  /** The thoughts among the words, without their tags. */
  String thoughts() {
    int end = wordsFrom >= 0 ? wordsFrom : text().isEmpty() ? all.length() : 0;
    return all.substring(0, end).replace(OPEN, "").replace(CLOSE, "").strip();
  }

  private boolean mayCall(int first) {
    if (!tools.isEmpty() && "{[<`".indexOf(all.charAt(first)) >= 0) {
      return true;
    }
    String words = all.substring(first, Math.min(all.length(), first + LONGEST_NAME));
    return tools.stream().anyMatch(tool -> tool.startsWith(words) || words.startsWith(tool));
  }

  private boolean mayOpen(int first) {
    int length = Math.min(OPEN.length(), all.length() - first);
    return OPEN.startsWith(all.substring(first, first + length));
  }

  private int firstNonBlank(int from) {
    int at = from;
    while (at < all.length() && Character.isWhitespace(all.charAt(at))) {
      at++;
    }
    return at;
  }
}
