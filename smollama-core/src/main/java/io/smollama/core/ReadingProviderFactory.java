package io.smollama.core;

import java.time.InstantSource;

/**
 * Makes a provider out of its configuration, so that a sensor that you wrote is read by a node that
 * knows nothing of it. Factories are found by {@link java.util.ServiceLoader}; only one that the
 * configuration names is asked for a provider.
 *
 * <p>Implementations have a public constructor without parameters that does nothing. The
 * configuration is a public record: a component {@code updateEvery} is the key {@code
 * update_every}, what the record refuses with {@link IllegalArgumentException} is told with file
 * and line, and what is left out comes from its static method {@code defaults()}, if it has one.
 *
 * <p>Callers may rely on {@link #open} doing no I/O that waits: a sensor that is not there shows
 * when it is read. One thread at a time.
 *
 * @param <C> the configuration
 */
public interface ReadingProviderFactory<C extends Record> {
  /** What the configuration calls it: lower case letters, digits, {@code -} and {@code _}. */
  String name();

  /** The record that its section of the configuration becomes. */
  Class<C> configuration();

  /**
   * A provider, which the caller closes.
   *
   * @param clock tells when something was measured
   */
  ReadingProvider open(C configuration, InstantSource clock);
}
