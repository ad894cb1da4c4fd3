package io.smollama.core;

import java.util.Locale;

/** A number of things, as people write it: {@code 1 reading}, {@code 1,234 entries}. Immutable. */
public final class Counted {
  private Counted() {}

  /** The number with thousands set apart, and the thing, with an s unless it is one. */
  public static String of(long number, String thing) {
    return of(number, thing, thing + "s");
  }

  /** The same of a thing whose plural has another ending. */
  public static String of(long number, String one, String more) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
  }
}
