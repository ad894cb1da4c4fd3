package io.smollama.agent;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a model shall answer to. Immutable.
 *
 * @param kind what it is; decides what goes first
 * @param key what it is about, such as a topic or a source: of what waits under the same key only
 *     the newest text counts. Not blank, and cut after {@value #MOST_KEY} characters
 * @param text what happened, or was asked; cut after {@value #MOST_TEXT} characters
 * @param trusted whether it may lead to acts: false for words that anybody can have written
 * @param goodFor after which time nobody needs an answer any more; above zero
 * @param id tells it from others with the same text, and from itself when it is delivered again;
 *     empty if the sender gives none
 */
public record Trigger(
    Kind kind, String key, String text, boolean trusted, Duration goodFor, Optional<String> id) {
  /** What is longer is cut. */
  public static final int MOST_TEXT = 4_000;

  /** What is longer is cut. */
  public static final int MOST_KEY = 200;

  /** What came, the most urgent first. */
  public enum Kind {
    /** A person asks and waits. */
    QUESTION(Duration.ofMinutes(10)),
    /** A source says what is out of the ordinary. */
    ALARM(Duration.ofDays(1)),
    /** An input or another source changed. */
    EDGE(Duration.ofHours(6)),
    /** A message came. */
    MESSAGE(Duration.ofHours(6)),
    /** It is time for something. */
    SCHEDULE(Duration.ofHours(1));

    private final Duration usuallyGoodFor;

    Kind(Duration usuallyGoodFor) {
      this.usuallyGoodFor = usuallyGoodFor;
    }

    /** How long such a thing is worth an answer if nobody says otherwise. */
    public Duration usuallyGoodFor() {
      return usuallyGoodFor;
    }
  }

  public Trigger {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    if (key.isBlank()) {
      throw new IllegalArgumentException("A trigger says what it is about");
    }
    if (goodFor.isNegative() || goodFor.isZero()) {
      throw new IllegalArgumentException("A trigger is good for a time above zero, was " + goodFor);
    }
    key = cut(key, MOST_KEY);
    text = cut(text, MOST_TEXT);
    id = id.map(given -> cut(given, MOST_KEY));
  }

  /** Good for as long as such things are. */
  public static Trigger of(Kind kind, String key, String text, boolean trusted) {
    return new Trigger(kind, key, text, trusted, kind.usuallyGoodFor(), Optional.empty());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
