package io.smollama.dashboard;

import io.smollama.agent.Age;
import io.smollama.core.Counted;
import io.smollama.sync.PeerStatus;
import io.smollama.sync.SyncProgress;
import io.smollama.sync.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a node stands with its server, in a line for people. Immutable. */
public final class SyncWords {
  private SyncWords() {}

  /** The line; it names the server. */
  public static String of(SyncStatus status, Instant now) {
    if (status.running() && status.progress().roundTrips() > 0) {
      return "%s: %s".formatted(status.peer(), progress(status.progress()));
    } else if (status.failure().isPresent()) {
      return failure(status.failure().get(), status.lastSuccess(), now);
    } else if (status.lastSuccess().isEmpty()) {
      return status.peer() + ": not met yet";
    }
    return "in step with %s, %s%s"
        .formatted(
            status.peer(), Age.of(status.lastSuccess().get(), now), standing(status.standing()));
  }

  private static String progress(SyncProgress progress) {
    String left =
        progress
            .remaining()
            .map(
                time ->
                    ", %,d left at %,.0f a second, about %s to go"
                        .formatted(progress.left(), progress.rate(), about(time)))
            .orElse("");
    return "%s sent and %,d received%s"
        .formatted(Counted.of(progress.sent(), "entry", "entries"), progress.received(), left);
  }

  private static String about(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }

  private static String failure(
      SyncStatus.Failure failure, Optional<Instant> lastSuccess, Instant now) {
    String met =
        lastSuccess.map(time -> "last met " + Age.of(time, now)).orElse("not met since the start");
    String tried =
        failure.attempts() == 1 ? "tried once" : "tried " + failure.attempts() + " times";
    return "%s (%s, %s); what is new here waits".formatted(failure.words(), tried, met);
  }

  private static String standing(PeerStatus standing) {
    return switch (standing) {
      case REWOUND, FORKED ->
          "; it holds entries of this node that this node did not, as after a restored backup or a"
              + " copied card: nothing is lost, and this node writes under a new identity";
      case RESYNC -> "; old readings that this node lacks were cut off there";
      case OK, REVOKED, UPGRADE -> "";
    };
  }
}
