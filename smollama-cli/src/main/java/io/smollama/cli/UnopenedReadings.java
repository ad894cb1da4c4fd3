package io.smollama.cli;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.util.List;
import java.util.Optional;

/** Stands for a provider that could not be opened, and says why when it is read. Thread-safe. */
final class UnopenedReadings implements ReadingProvider {
  private final String type;
  private final String why;

  UnopenedReadings(String type, String why) {
    this.type = type;
    this.why = why;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<Source> sources() {
    return List.of();
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    throw new ReadingException(type, why, false);
  }

  @Override
  public List<Reading> readAll() {
    throw new ReadingException(type, why, false);
  }
}
