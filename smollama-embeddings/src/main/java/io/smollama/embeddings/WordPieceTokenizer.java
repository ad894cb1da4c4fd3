package io.smollama.embeddings;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts text into the word pieces of an uncased BERT: words without accents and capitals,
 * punctuation and Chinese characters one by one, then for each word the longest pieces that the
 * vocabulary knows. {@code "Kärcher's 3.5V"} becomes {@code [CLS] ka ##rch ##er ' s 3 . 5 ##v
 * [SEP]}. A text that spells {@code [SEP]} is text like any other, never a separator.
 *
 * @see <a href="https://arxiv.org/abs/1810.04805">BERT, Devlin et al. 2018</a>
 */
final class WordPieceTokenizer {
  private static final int MAX_WORD = 100;

  private final Vocabulary vocabulary;
  private final int maxPieces;
  private final int unknown;
  private final int start;
  private final int end;

  /**
   * @param maxPieces what the model reads at most, {@code [CLS]} and {@code [SEP]} included
   */
  WordPieceTokenizer(Vocabulary vocabulary, int maxPieces) {
    this.vocabulary = vocabulary;
    this.maxPieces = maxPieces;
    this.unknown = vocabulary.id("[UNK]");
    this.start = vocabulary.id("[CLS]");
    this.end = vocabulary.id("[SEP]");
  }

  /** The ids of a text's pieces, at least two and at most what the model reads. */
  long[] encode(String text) {
    Pieces pieces = new Pieces();
    StringBuilder word = new StringBuilder();
    PrimitiveIterator.OfInt points =
        Normalizer.normalize(text, Normalizer.Form.NFD).codePoints().iterator();
    while (points.hasNext() && !pieces.full()) {
      int point = points.nextInt();
      boolean alone = BertCharacter.isPunctuation(point) || BertCharacter.isChinese(point);
      if (alone || BertCharacter.isSpace(point)) {
        pieces.addWord(word);
      }
      if (alone) {
        pieces.addWord(word.appendCodePoint(point));
      } else if (!BertCharacter.isSpace(point) && !BertCharacter.isDropped(point)) {
        word.appendCodePoint(Character.toLowerCase(point));
      }
    }
    pieces.addWord(word);
    return pieces.close();
  }

  /** The pieces of one text while they come in. */
  private final class Pieces {
    private final long[] ids = new long[maxPieces + MAX_WORD]; // the last word may run over
    private int count;

    Pieces() {
      ids[count++] = start;
    }

    boolean full() {
      return count >= maxPieces - 1;
    }

    /** Adds the pieces of a word, the unknown piece if it has none, and empties the word. */
    void addWord(StringBuilder word) {
      int before = count;
      int from = 0;
      boolean known = word.codePointCount(0, word.length()) <= MAX_WORD;
      while (known && from < word.length()) {
        int to = word.length();
        Integer id = piece(word, from, to);
        while (id == null && --to > from) {
          id = piece(word, from, to);
        }
        known = id != null;
        if (known) {
          ids[count++] = id;
          from = to;
        }
      }
      if (!known) {
        count = before;
        ids[count++] = unknown;
      }
      word.setLength(0);
    }

    private @Nullable Integer piece(StringBuilder word, int from, int to) {
      return vocabulary.id((from > 0 ? "##" : "") + word.substring(from, to));
    }

    long[] close() {
      count = Math.min(count, maxPieces - 1);
      ids[count++] = end;
      return Arrays.copyOf(ids, count);
    }
  }
}
