package io.smollama.memory;

import io.smollama.core.SourceId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What reads came upon that cannot be read; each is logged once. Thread-safe. */
final class FoundDamage {
  private static final Logger LOG = LoggerFactory.getLogger(FoundDamage.class);

  private final Set<DamagedReadings> found = ConcurrentHashMap.newKeySet();

  /** Takes what is damaged of a source. */
  Consumer<ChunkTable.Span> of(SourceId source) {
    return span -> add(DamagedReadings.of(source, span));
  }

  void add(DamagedReadings damaged) {
    if (found.add(damaged)) {
      LOG.warn("{} are damaged and left out", damaged);
    }
  }

  /** By source, then by time. */
  List<DamagedReadings> all() {
    return found.stream()
        .sorted(
            Comparator.comparing((DamagedReadings some) -> some.source().toString())
                .thenComparing(DamagedReadings::first))
        .toList();
  }
}
