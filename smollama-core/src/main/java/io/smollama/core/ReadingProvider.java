package io.smollama.core;

import java.util.List;
import java.util.Optional;

/**
 * Gives the readings of one kind of source: the system, the pins, a sensor that you wrote.
 *
 * <p>Implementations answer {@link #sources} quickly and without I/O. A read may be slow and may
 * fail; the hub that calls it guards the rest of the node against that. A value that this machine
 * does not have is left out, never reported as zero.
 *
 * <p>Callers may rely on every reading's source having this provider's type. {@link #read} throws
 * {@link ReadingException} when the source exists but cannot be read now. One thread at a time.
 */
public interface ReadingProvider extends AutoCloseable {

  /** The type of every source here, the part before the colon: {@code system}. */
  String type();

  /** The sources that can be read at present, in a stable order. */
  List<Source> sources();

  /** The present value; empty if there is no such source, or it has no value on this machine. */
  Optional<Reading> read(SourceId source);

  /** The present values of all sources, in the order of {@link #sources}. */
  default List<Reading> readAll() {
    return sources().stream().map(source -> read(source.id())).flatMap(Optional::stream).toList();
  }

  /** Lets go of what the provider holds. Calling it again does nothing. */
  @Override
  default void close() {}
}
