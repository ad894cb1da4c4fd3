package io.smollama.cli;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes several things in order; one that fails is logged and does not keep the others open. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void all(List<? extends AutoCloseable> things) {
    for (AutoCloseable thing : things) {
      try {
        thing.close();
      } catch (Exception e) {
        LOG.warn("Closing failed: {}", e.getMessage(), e);
      }
    }
  }
}
