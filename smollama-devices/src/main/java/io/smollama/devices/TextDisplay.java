package io.smollama.devices;

import java.util.List;

/**
 * Shows a few lines of text. Nothing is opened before something is shown, and after a failure the
 * next showing opens it anew. A display that does not answer is a {@link
 * io.smollama.core.ReadingException}. One thread at a time.
 */
public interface TextDisplay extends AutoCloseable {
  /** How many characters a line has. */
  int columns();

  /** How many lines there are. */
  int rows();

  /**
   * Shows these lines in place of what was there. What is too long is cut, lines too many are left
   * out, and a character that the display does not have is a question mark.
   */
  void show(List<String> lines);

  /** Lets go of the display, which goes on showing what it shows. Again does nothing. */
  @Override
  void close();
}
