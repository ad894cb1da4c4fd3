package io.smollama.core;

/** Checks identifiers that are written as lower case hexadecimal digits. */
final class HexForm {
  private HexForm() {}

  static String require(String what, String hex, int bytes) {
    boolean sound = hex.length() == 2 * bytes;
    for (int i = 0; i < hex.length() && sound; i++) { // many millions of times
      char c = hex.charAt(i);
      sound = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (!sound) {
      throw new IllegalArgumentException(
          "%s must be %d lower case hexadecimal digits, was '%s'".formatted(what, 2 * bytes, hex));
    }
    return hex;
  }
}
