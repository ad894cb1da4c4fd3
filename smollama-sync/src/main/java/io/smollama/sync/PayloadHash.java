package io.smollama.sync;

import java.util.regex.Pattern;

/**
 * SHA-256 over a payload's bytes as they came. An entry's header holds it instead of the payload,
 * so that a payload can be taken away while the chain still verifies. Immutable.
 *
 * @param hex 64 lower case hexadecimal digits
 */
public record PayloadHash(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public PayloadHash {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "A payload hash must be 64 lower case hexadecimal digits, was '%s'".formatted(hex));
    }
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
