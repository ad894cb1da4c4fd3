package io.smollama.readings;

import io.smollama.core.ActRecord;
import io.smollama.core.AuditTrail;
import io.smollama.core.SmollamaException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts on their way into the audit: what it cannot take now waits. One thread at a time. */
final class UnwrittenActs {
  private static final Logger LOG = LoggerFactory.getLogger(UnwrittenActs.class);
  private static final int MOST_WAITING = 1_000;

  private final AuditTrail audit;
  private final Deque<ActRecord> unwritten = new ArrayDeque<>();
  private boolean waits;

  UnwrittenActs(AuditTrail audit) {
    this.audit = audit;
  }

  void keep(ActRecord record) {
    unwritten.add(record);
    if (unwritten.size() > MOST_WAITING) {
      LOG.error("An act is not in the audit: {}", unwritten.remove());
    }
    keepWaiting();
  }

  void keepWaiting() {
    try {
      while (!unwritten.isEmpty()) {
        audit.record(unwritten.peek());
        unwritten.remove();
        waits = false;
      }
    } catch (SmollamaException e) {
      if (!waits) {
        LOG.warn("Acts wait to be kept: {}", e.getMessage());
      }
      waits = true; // it is tried about every second, and said once
    } catch (RuntimeException e) {
      LOG.error("An act is not in the audit, which refuses it: {}", unwritten.remove(), e);
    }
  }
}
