package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.ReplicaId;
import io.smollama.memory.MemoryStore;
import io.smollama.sync.BacklogFile;
import io.smollama.sync.ClockMarks;
import io.smollama.sync.Incarnation;
import io.smollama.sync.MalformedMessageException;
import io.smollama.sync.SharedReplica;
import io.smollama.sync.SyncProgress;
import io.smollama.sync.SyncStatus;
import io.smollama.sync.Synchronizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a person sees and steers how this node's log and those of others meet: JSON in, JSON out,
 * the same over HTTP and for commands that open the log themselves. What is asked wrongly is an
 * {@link IllegalArgumentException} with a sentence. Thread-safe.
 */
public final class SyncDesk {
  private final SharedReplica replica;
  private final MemoryStore memory;
  private final Optional<Synchronizer> synchronizer;
  private final ClockMarks clockMarks;
  private final InstantSource clock;

  /**
   * A desk.
   *
   * @param synchronizer empty if no server is configured
   * @param clockMarks of the same log
   */
  public SyncDesk(
      SharedReplica replica,
      MemoryStore memory,
      Optional<Synchronizer> synchronizer,
      ClockMarks clockMarks,
      InstantSource clock) {
    this.replica = replica;
    this.memory = memory;
    this.synchronizer = synchronizer;
    this.clockMarks = clockMarks;
    this.clock = clock;
  }

  /** Who writes here, how much is held, and how this node stands with its server. */
  public ObjectNode status() {
    ObjectNode form = object();
    form.set("identity", identity(replica.incarnation()));
    form.put("entries", replica.size()).put("clock", ClockWords.of(clockMarks.state()));
    synchronizer.map(Synchronizer::status).ifPresent(status -> form.set("server", server(status)));
    return form;
  }

  /**
   * As {@link #status}, with what takes longer to find out: how many nodes wrote what is held, and
   * one number each for what is held and for what is known.
   */
  public ObjectNode statusAndView() {
    memory.catchUp();
    Frontier frontier = replica.frontier();
    return status()
        .put("origins", origins(frontier))
        .put("frontier", hash(frontier))
        .put("view", memory.upkeep().viewHash());
  }

  /** Who writes under which identity, and why. */
  public static ObjectNode identity(Incarnation incarnation) {
    ObjectNode form =
        object()
            .put("replica", incarnation.origin().hex())
            .put("incarnation", incarnation.number())
            .put("since", time(incarnation.since()))
            .put("reason", incarnation.reason());
    incarnation.predecessors().stream()
        .map(ReplicaId::hex)
        .forEach(form.putArray("predecessors")::add);
    return form;
  }

  private static long origins(Frontier frontier) {
    return frontier.chains().keySet().stream().map(chain -> chain.origin()).distinct().count();
  }

  /** One number for the knowledge that is held: who holds the same entries of it has the same. */
  private static String hash(Frontier frontier) {
    StringBuilder tips = new StringBuilder();
    frontier
        .chains()
        .forEach(
            (chain, held) -> {
              if (chain.stream() <= ChainId.KNOWLEDGE) { // of the rest each takes what it wants
                tips.append(chain).append(held.heads()).append('\n');
              }
            });
    try {
      byte[] text = tips.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private ObjectNode server(SyncStatus status) {
    SyncProgress progress = status.progress();
    ObjectNode form =
        object()
            .put("address", status.peer())
            .put("says", SyncWords.of(status, clock.instant()))
            .put("running", status.running())
            .put("exchanges", status.exchanges())
            .put("sent", progress.sent())
            .put("received", progress.received())
            .put("left", progress.left())
            .put("entries_per_second", Math.round(progress.rate() * 10) / 10.0)
            .put(
                "seconds_left",
                progress.remaining().map(left -> left.toMillis() / 1e3).orElse(null))
            .put("bytes_sent", progress.bytesSent())
            .put("bytes_received", progress.bytesReceived())
            .put("standing", status.standing().name().toLowerCase(Locale.ROOT))
            .put("last_success", time(status.lastSuccess()))
            .put("next", time(status.next()));
    status
        .failure()
        .ifPresent(
            failure ->
                form.putObject("failure")
                    .put("says", failure.words())
                    .put("since", failure.since().toString())
                    .put("attempts", failure.attempts())
                    .put("needs_mending", failure.needsMending()));
    return form;
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  /** Asks for an exchange at once; {@link #status} tells when it has ended. */
  public ObjectNode now() {
    Synchronizer meeting =
        synchronizer.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No server is configured; name one with sync.llama_url"));
    ObjectNode before = status();
    meeting.syncNow();
    return before;
  }

  /** Goes on under a new identity. */
  public ObjectNode beginAnew() {
    return identity(replica.beginAnew());
  }

  /**
   * Writes what is held to a file.
   *
   * @param request {@code file}, where to, and {@code for}, a file that the receiver wrote, if only
   *     what it lacks is wanted
   */
  public ObjectNode export(JsonNode request) {
    Path file = file(request, "file");
    Frontier known =
        request.path("for").asText().isEmpty() ? Frontier.EMPTY : known(file(request, "for"));
    BacklogFile.Exported exported = refusing(file, () -> BacklogFile.export(replica, known, file));
    return object()
        .put("file", file.toString())
        .put("entries", exported.entries())
        .put("bytes", exported.bytes());
  }

  private static Frontier known(Path file) {
    return refusing(file, () -> BacklogFile.frontier(file));
  }

  /**
   * Takes in what another wrote to a file.
   *
   * @param request {@code file}
   */
  public ObjectNode take(JsonNode request) {
    Path file = file(request, "file");
    BacklogFile.Imported taken = refusing(file, () -> BacklogFile.importInto(replica, file));
    memory.catchUp();
    ObjectNode form =
        object()
            .put("file", file.toString())
            .put("from", taken.from())
            .put("entries", taken.entries())
            .put("taken", taken.taken())
            .put("complete", taken.complete());
    taken.faults().forEach(form.putArray("faults")::add);
    return form;
  }

  /** What is wrong with a file that the asker named is for the asker to mend. */
  private static <T> T refusing(Path file, Supplier<T> work) {
    try {
      return work.get();
    } catch (MalformedMessageException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (JournalException e) {
      if (e.culprit().equals(file.toString())) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      throw e;
    }
  }

  private static Path file(JsonNode request, String name) {
    Path file = Path.of(request.path(name).asText());
    if (!file.isAbsolute()) {
      throw new IllegalArgumentException(
          "'%s' is the whole path of a file, was '%s'".formatted(name, file));
    }
    return file;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
