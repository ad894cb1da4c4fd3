package io.smollama.core;

/**
 * Which topics are meant: parts between slashes, {@code +} for any one part, {@code #} at the end
 * for all that follows, as in section 4.7 of the MQTT 3.1.1 standard. A filter that begins with one
 * of these does not mean topics that begin with {@code $}. Immutable.
 *
 * @param text such as {@code home/+/door} or {@code home/#}
 */
public record TopicFilter(String text) {
  private static final int MOST_CHARACTERS = 1_000;

  public TopicFilter {
    if (text.isEmpty()
        || text.length() > MOST_CHARACTERS
        || text.indexOf('\0') >= 0
        || !text.matches("(?s)(?:(?:[^/+#]*|\\+)/)*(?:[^/+#]*|\\+|#)")) {
      throw new IllegalArgumentException(
          "A topic filter has parts between slashes, + for any one part, # for all that follow as its"
              + " last; was '%s'".formatted(text.substring(0, Math.min(100, text.length()))));
    }
  }

  /** Whether a topic is meant. */
  public boolean matches(String topic) {
    if (topic.startsWith("$") && (text.startsWith("+") || text.startsWith("#"))) {
      return false;
    }
    String[] wanted = text.split("/", -1);
    String[] given = topic.split("/", -1);
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].equals("#")) {
        return true;
      }
      if (i >= given.length || !(wanted[i].equals("+") || wanted[i].equals(given[i]))) {
        return false;
      }
      if (i == wanted.length - 2 && i == given.length - 1 && wanted[i + 1].equals("#")) {
        return true; // "a/#" means "a" as well
      }
    }
    return wanted.length == given.length;
  }

  @Override
  public String toString() {
    return text;
  }
}
