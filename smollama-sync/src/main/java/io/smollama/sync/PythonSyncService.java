package io.smollama.sync;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.EntryId;
import io.smollama.core.JournalException;
import io.smollama.core.SyncException.Fault;
import io.smollama.sync.PeerDirectory.Admission;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of nodes with Smollama for Python, unchanged: they push and pull over HTTP, see {@code
 * docs/sync-protocol.md}. It is for whatever takes HTTP requests; {@link #isFor} tells which.
 *
 * <p>What it acknowledges is on durable storage. A request may come again, or its answer be lost,
 * and the process may end at any moment: nothing is lost and nothing kept twice. It has a file of
 * its own beside the log, made anew if it is missing, or tables in the database of the log.
 * Thread-safe.
 */
public final class PythonSyncService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PythonSyncService.class);

  /** The most that is read of a body: a hundred entries of the largest kind, and some. */
  public static final int MOST_BODY_BYTES = 8 << 20;

  private static final Pattern PATH = Pattern.compile("(?:/n/([^/]*))?/api/sync/(push|pull)");
  private static final int PUSH_OR_PULL = 2;
  private static final String SCHEME = "Bearer ";
  private static final int USUAL_LIMIT = 100;

  private final PeerDirectory peers;
  private final Supplier<PythonDesk> opener;
  private @Nullable PythonDesk opened;

  private PythonSyncService(PeerDirectory peers, Supplier<PythonDesk> opener) {
    this.peers = peers;
    this.opener = opener;
  }

  /**
   * Opens the service.
   *
   * @param file what it keeps; made if it is not there
   * @param replica what nodes push goes there, and what they pull is from there
   * @param peers who may; a node's token is in its path, and is empty if it has none
   * @param zone where the nodes stand: their times have no offset
   * @param knownFacts the active fact that is known in these words, if one is: such a fact is
   *     confirmed instead of kept twice
   */
  public static PythonSyncService open(
      Path file,
      SharedReplica replica,
      PeerDirectory peers,
      CreditAccounts credits,
      ZoneId zone,
      Function<String, Optional<EntryId>> knownFacts) {
    PythonTables tables = PythonFile.open(file);
    try {
      new PythonContinuity(tables).begin(replica.self(), replica.now().boot());
      PythonDesk desk = PythonDesk.over(tables, replica, credits, zone, knownFacts);
      PythonSyncService service = new PythonSyncService(peers, () -> desk);
      service.opened = desk;
      return service;
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /**
   * The service of servers that share a log in a database. Its tables are in the same one, in the
   * schema {@code smollama_python_} and the number of the group; a node may ask any server. It is
   * opened by the first request, and by the next one if the database is away.
   *
   * @param source connections, of which each service needs two at a time
   * @param group whose log it is
   * @param log that log, each time that it is asked until it is had
   */
  public static PythonSyncService open(
      DataSource source,
      long group,
      Supplier<SharedReplica> log,
      PeerDirectory peers,
      CreditAccounts credits,
      ZoneId zone,
      Function<String, Optional<EntryId>> knownFacts) {
    return new PythonSyncService(
        peers,
        () -> {
          SharedReplica replica = log.get();
          PythonTables tables = PythonDatabaseTables.open(source, group);
          return tables.alone(() -> PythonDesk.over(tables, replica, credits, zone, knownFacts));
        });
  }

  private synchronized PythonDesk desk() {
    PythonDesk desk = opened;
    if (desk == null) {
      desk = opener.get();
      opened = desk;
    }
    return desk;
  }

  /** Whether a request with this path is of such a node. */
  public static boolean isFor(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * Answers a request; refuses what is wrong with a status and a line.
   *
   * @throws IOException if the body could not be read, because the asker has gone
   */
  public SyncReply answer(PythonSyncRequest request) throws IOException {
    try {
      return admitted(request);
    } catch (MalformedMessageException e) {
      return SyncReply.refusing(e.isTooLarge() ? Fault.TOO_LARGE : Fault.BROKEN, e.getMessage());
    } catch (JournalException e) {
      LOG.warn("A node with Smollama for Python could not be answered: {}", e.getMessage());
      return e.isRetryable()
          ? later("the server's storage is busy or full")
          : SyncReply.refusing(500, "the server's storage failed; its log says how");
    }
  }

  private static SyncReply later(String why) {
    return SyncReply.refusing(Fault.BUSY, why)
        .with("Retry-After", Long.toString(Limits.RETRY.toSeconds()));
  }

  private SyncReply admitted(PythonSyncRequest request) throws IOException {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      return SyncReply.refusing(404, "there is /n/TOKEN/api/sync/push and /n/TOKEN/api/sync/pull");
    }
    boolean push = path.group(PUSH_OR_PULL).equals("push");
    if (!request.method().equals(push ? "POST" : "GET")) {
      return SyncReply.refusing(405, "a push is a POST, a pull is a GET")
          .with("Allow", push ? "POST" : "GET");
    }
    Admission admission = peers.admit(token(path, request));
    if (admission instanceof Admission.Admitted admitted) {
      return push ? push(admitted.device(), request) : pull(admitted.device(), request);
    } else if (admission instanceof Admission.Revoked revoked) {
      return SyncReply.refusing(
          Fault.REVOKED, "the token of '%s' was revoked".formatted(revoked.device()));
    }
    return SyncReply.refusing(
        Fault.UNAUTHORIZED,
        "this server gave out no such token; make one on it and set"
            + " llama_url: http://HOST:PORT/n/TOKEN");
  }

  private static String token(Matcher path, PythonSyncRequest request) {
    String header = request.authorization().orElse("");
    boolean bearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    return path.group(1) != null
        ? path.group(1)
        : bearer ? header.substring(SCHEME.length()).strip() : "";
  }

  private SyncReply push(String device, PythonSyncRequest request) throws IOException {
    List<PythonPush.Sent> sent =
        PythonPush.read(SyncWire.readBounded(request.body(), MOST_BODY_BYTES));
    Optional<List<String>> accepted = desk().accept(device, sent);
    if (accepted.isEmpty()) {
      return later("'%s' has brought all that it may for today".formatted(device));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    accepted.get().forEach(json.putArray("accepted_ids")::add);
    return SyncReply.json(200, json);
  }

  private SyncReply pull(String device, PythonSyncRequest request) {
    long since = request.number("since", 0);
    long wanted = request.number("limit", USUAL_LIMIT);
    long limit = Math.max(1, Math.min(PythonPages.MOST_ENTRIES, wanted));
    if (since > PythonPages.MOST_SINCE) {
      throw MalformedMessageException.of(
          "since", "is beyond all timestamps that a node can count to");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode entries = json.putArray("entries");
    desk().next(device, since, (int) limit).forEach(entries::add);
    return SyncReply.json(200, json);
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
