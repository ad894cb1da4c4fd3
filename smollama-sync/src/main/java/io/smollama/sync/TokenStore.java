package io.smollama.sync;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives out tokens to devices and takes them back. Implementations keep no token but its SHA-256,
 * and what they give out or take back is on durable storage when the method returns. Several
 * processes may have a store over the same tokens; each sees what the others did.
 *
 * <p>A failure of the storage is a {@link io.smollama.core.JournalException}. Thread-safe.
 */
public interface TokenStore extends PeerDirectory, AutoCloseable {
  /** The form of a device's name. */
  Pattern DEVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Makes a token of 256 random bits for a device.
   *
   * @return the token, which cannot be had again
   * @throws IllegalArgumentException if that is no name, or the device has a token already
   */
  String create(String device);

  /**
   * Takes back the token of a device; peers with it are refused from now on.
   *
   * @return false if the device has none
   */
  boolean revoke(String device);

  /** All tokens ever given out, by device, then by age. */
  List<IssuedToken> tokens();

  @Override
  void close();
}
