package io.smollama.memory;

import java.lang.Character.UnicodeScript;

/**
 * Texts as the index of words reads them. Chinese and Japanese leave no spaces between words, so
 * that a whole sentence would be one: there each pair of characters that follow each other is a
 * word, and each Chinese character besides.
 */
final class SearchedText {
  /** Below it there is no character of such a script. */
  private static final char FIRST_UNSPACED = 0x2E80;

  private SearchedText() {}

  /** The text itself if all its words have spaces or marks between them. */
  static String of(String text) {
    return text.chars().noneMatch(unit -> unit >= FIRST_UNSPACED) ? text : spaced(text);
  }

  private static String spaced(String text) {
    int[] characters = text.codePoints().toArray();
    StringBuilder spaced = new StringBuilder(3 * text.length());
    for (int i = 0; i < characters.length; i++) {
      if (!isUnspaced(characters[i])) {
        spaced.appendCodePoint(characters[i]);
        continue;
      }
      boolean follows = i + 1 < characters.length && isUnspaced(characters[i + 1]);
      boolean alone = !follows && (i == 0 || !isUnspaced(characters[i - 1]));
      spaced.append(' ');
      if (alone || UnicodeScript.of(characters[i]) == UnicodeScript.HAN) {
        spaced.appendCodePoint(characters[i]).append(' ');
      }
      if (follows) {
        spaced.appendCodePoint(characters[i]).appendCodePoint(characters[i + 1]).append(' ');
      }
    }
    return spaced.toString();
  }

  private static boolean isUnspaced(int character) {
    return switch (UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA -> true;
      default -> character == 'ー'; // of both syllabaries
    };
  }
}
