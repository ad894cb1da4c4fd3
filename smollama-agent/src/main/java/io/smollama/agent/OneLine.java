package io.smollama.agent;

/** Long texts where there is room for a line. Immutable. */
public final class OneLine {
  private OneLine() {}

  /** The text with single blanks for all that separates words, cut after so many characters. */
  public static String of(String text, int most) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= most ? line : line.substring(0, most) + "…";
  }
}
