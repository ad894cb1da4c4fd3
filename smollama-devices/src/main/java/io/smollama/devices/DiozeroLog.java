package io.smollama.devices;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tinylog.configuration.Configuration;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Has what diozero logs go where everything else does, for those who debug: by itself it writes to
 * standard output. What goes wrong is told by who asked for it. Thread-safe.
 */
public final class DiozeroLog implements Writer {
  private static final Logger LOG = LoggerFactory.getLogger(DiozeroLog.class);

  /** For tinylog to make; what it hands over holds nothing of use here. */
  public DiozeroLog(Map<String, String> properties) {}

  /** To be called before diozero is used; calling it again does nothing. */
  static synchronized void lead() {
    if (!Configuration.isFrozen()) { // it is, once anything was logged
      Configuration.replace(Map.of("writer", DiozeroLog.class.getName(), "level", "info"));
    }
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(LogEntryValue.LEVEL, LogEntryValue.MESSAGE, LogEntryValue.EXCEPTION);
  }

  @Override
  public void write(LogEntry entry) {
    LOG.debug("diozero: {} {}", entry.getLevel(), entry.getMessage(), entry.getException());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
