package io.smollama.core;

import java.util.List;
import java.util.function.Consumer;

/**
 * A provider that also tells by itself when something happens, at once: an edge at a pin, a message
 * of a sensor. What it told can be read afterwards as well.
 *
 * <p>Implementations tell on a thread of their own or of whoever brought it about, one batch at a
 * time, with the instant at which it happened; after the close they tell nothing. Before somebody
 * listens, what happens is only kept for reads.
 *
 * <p>Callers may rely on a listener that throws doing no harm to the provider; a listener shall not
 * wait. One thread at a time, besides what it tells.
 */
public interface LiveReadingProvider extends ReadingProvider {
  /** Who is told from now on, in place of whoever was before. */
  void listen(Consumer<List<Reading>> listener);
}
