package io.smollama.core;

/**
 * Who wants something done. Immutable.
 *
 * @param kind what it is
 * @param name which one, for people: {@code cli}, {@code llama3.2:1b}; not blank, and cut after
 *     {@value #MOST_NAME} characters
 */
public record Caller(Kind kind, String name) {
  /** What is longer is cut. */
  public static final int MOST_NAME = 100;

  /** What may want something done. */
  public enum Kind {
    /** A human, at a terminal or the web page. */
    PERSON,
    /** A language model, by a tool. */
    MODEL,
    /** A program of the node: a rule, a schedule. */
    RULE,
    /** A message from outside. */
    MESSAGE,
    /** The limits that the owner set, when a time is up, at start and at exit. */
    LIMITS
  }

  public Caller {
    name = name.length() > MOST_NAME ? name.substring(0, MOST_NAME) : name;
    if (name.isBlank()) {
      throw new IllegalArgumentException("A caller has a name");
    }
  }

  /** A human who sits at this. */
  public static Caller person(String where) {
    return new Caller(Kind.PERSON, where);
  }

  /** A model of this name. */
  public static Caller model(String name) {
    return new Caller(Kind.MODEL, name);
  }
}
