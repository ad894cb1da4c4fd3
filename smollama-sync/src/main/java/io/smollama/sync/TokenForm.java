package io.smollama.sync;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** What tokens look like, and what is kept of them. */
final class TokenForm {
  private static final String PREFIX = "smol_";
  private static final int TOKEN_BYTES = 32;
  private static final int LONGEST = 500;

  private TokenForm() {}

  /** A token of 256 random bits. */
  static String make(RandomGenerator random) {
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /** Whether it is worth looking up what a stranger sent. */
  static boolean isPossible(String token) {
    return token.length() <= LONGEST;
  }

  /** The SHA-256 of a token, by which it is known, in hex. */
  static String hash(String token) {
    return Sha256.hex(token.getBytes(StandardCharsets.UTF_8));
  }

  /** Says that a device can have no such name, if so. */
  static void requireDevice(String device) {
    if (!TokenStore.DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "A device's name has 1 to 64 letters, digits, '.', '_' or '-', was '%s'"
              .formatted(device));
    }
  }

  static IllegalArgumentException taken(String device, Throwable cause) {
    return new IllegalArgumentException(
        "'%s' has a token already; revoke that one first".formatted(device), cause);
  }
}
