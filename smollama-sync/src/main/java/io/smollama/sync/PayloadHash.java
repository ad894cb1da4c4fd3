package io.smollama.sync;

/**
 * SHA-256 over a payload's bytes as they came. An entry's header holds it instead of the payload,
 * so that a payload can be taken away while the chain still verifies. Immutable.
 *
 * @param hex 64 lower case hexadecimal digits
 */
public record PayloadHash(String hex) {
  public PayloadHash {
    if (!isSound(hex)) {
      throw new IllegalArgumentException(
          "A payload hash must be 64 lower case hexadecimal digits, was '%s'".formatted(hex));
    }
  }

  private static boolean isSound(String hex) {
    boolean sound = hex.length() == 64;
    for (int i = 0; i < hex.length() && sound; i++) {
      char c = hex.charAt(i);
      sound = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    return sound;
  }

  /** The hash of these bytes. */
  public static PayloadHash of(byte[] payload) {
    return new PayloadHash(Sha256.hex(payload));
  }

  @Override
  public String toString() {
    return hex;
  }
}
