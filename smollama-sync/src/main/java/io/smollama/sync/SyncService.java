package io.smollama.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.JournalException;
import io.smollama.core.SyncException.Fault;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.sync.SyncMessage.Hello;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of {@code docs/sync-protocol.md}, for whatever takes HTTP requests. It asks who
 * is there before it reads a body, keeps the limits before it parses, and has stored what it
 * acknowledges. It keeps no state of a peer but its credit, so that several servers may stand over
 * one store. Thread-safe.
 */
public final class SyncService {
  private static final Logger LOG = LoggerFactory.getLogger(SyncService.class);

  /** The most that is read of a body: what does not pack well grows a little by it. */
  public static final int MOST_BODY_BYTES = Limits.MESSAGE_BYTES + 4 * 1024;

  private static final Set<String> CALLS = Set.of("hello", "push", "pull");
  private static final String SCHEME = "Bearer ";

  private final Function<String, SharedReplica> logs;
  private final SyncScope offered;
  private final PeerDirectory peers;
  private final CreditAccounts credits;

  /** A service over one log, which all devices share and whose all they may take. */
  public SyncService(SharedReplica replica, PeerDirectory peers, CreditAccounts credits) {
    this(device -> replica, SyncScope.ALL, peers, credits);
  }

  /**
   * A service over one log or several.
   *
   * @param logs the log of a device, by the device's name: devices of one log know of each other,
   *     those of different logs do not. Any thread calls it.
   * @param offered what a device gets that does not say whose entries it wants
   */
  public SyncService(
      Function<String, SharedReplica> logs,
      SyncScope offered,
      PeerDirectory peers,
      CreditAccounts credits) {
    this.logs = logs;
    this.offered = offered;
    this.peers = peers;
    this.credits = credits;
  }

  /**
   * Answers a request; refuses what is wrong with a status and a line.
   *
   * @throws IOException if the body could not be read, because the asker has gone
   */
  public SyncReply answer(SyncRequest request) throws IOException {
    try {
      return admitted(request);
    } catch (MalformedMessageException e) {
      return SyncReply.refusing(e.isTooLarge() ? Fault.TOO_LARGE : Fault.BROKEN, e.getMessage());
    } catch (JournalException e) {
      LOG.warn("A peer could not be answered: {}", e.getMessage());
      return e.isRetryable()
          ? SyncReply.refusing(Fault.BUSY, "the server's storage is busy or full")
              .with("Retry-After", Long.toString(Limits.RETRY.toSeconds()))
          : SyncReply.refusing(500, "the server's storage failed; its log says how");
    }
  }

  private SyncReply admitted(SyncRequest request) throws IOException {
    if (!CALLS.contains(request.call())) {
      return SyncReply.refusing(404, "there is hello, push and pull, not '" + request.call() + "'");
    }
    String authorization = request.authorization().orElse("");
    boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    Admission admission =
        peers.admit(bearer ? authorization.substring(SCHEME.length()).strip() : "");
    if (admission instanceof Admission.Admitted admitted) {
      return answer(request, admitted.device());
    } else if (admission instanceof Admission.Revoked revoked) {
      return SyncReply.refusing(
          Fault.REVOKED, "the token of '%s' was revoked".formatted(revoked.device()));
    }
    String fault =
        bearer
            ? "this server gave out no such token"
            : "no token came, and this server asks for one";
    return SyncReply.refusing(
            Fault.UNAUTHORIZED, fault + "; 'smollama token create NAME' there makes one")
        .with("WWW-Authenticate", "Bearer");
  }

  private SyncReply answer(SyncRequest request, String device) throws IOException {
    Optional<String> encoding = request.contentEncoding().filter(e -> !e.equals("identity"));
    if (encoding.isPresent() && !encoding.get().equalsIgnoreCase("gzip")) {
      return SyncReply.refusing(415, "the body is packed with gzip or not at all");
    }
    byte[] body = SyncWire.readBounded(request.body(), MOST_BODY_BYTES);
    List<SyncMessage> parts = SyncWire.decode(encoding.isPresent() ? SyncWire.gunzip(body) : body);
    if (parts.stream().anyMatch(part -> part instanceof Hello hello && !isOfOurs(hello))) {
      return upgrade();
    }
    byte[] answer = new Answering(logs.apply(device), offered, credits, device).answer(parts);
    return SyncReply.of(answer, request.acceptEncoding().orElse("").contains("gzip"));
  }

  private static boolean isOfOurs(Hello hello) {
    return hello.versions().contains(SyncMessage.VERSION);
  }

  private static SyncReply upgrade() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("error", "this server speaks version %d only".formatted(SyncMessage.VERSION));
    json.putArray("supported").add(SyncMessage.VERSION);
    return SyncReply.refusing(FaultStatus.of(Fault.UPGRADE), json)
        .with("Upgrade", "smollama-sync/" + SyncMessage.VERSION);
  }
}
