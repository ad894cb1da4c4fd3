package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Frontier;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A service over a store in memory, and ways to ask it without a network. */
abstract class SyncServiceFixture {
  static final long CREDIT = 1 << 26;

  final InMemoryLogStore store = Lines.store(1);
  final CreditAccounts credits = new CreditAccounts(CREDIT, () -> 0);
  SyncService service = over(store);

  SyncService over(LogStore store) {
    return new SyncService(Lines.shared(store, "llama"), SyncServiceFixture::admit, credits);
  }

  static Admission admit(String token) {
    return switch (token) {
      case "good" -> new Admission.Admitted("kitchen");
      case "old" -> new Admission.Revoked("attic");
      default -> new Admission.Unknown();
    };
  }

  static SyncRequest request(String authorization, Optional<String> encoding, byte[] body) {
    return new SyncRequest(
        "push",
        Optional.of(authorization),
        encoding,
        Optional.of("gzip"),
        new ByteArrayInputStream(body));
  }

  SyncReply send(byte[] message) throws IOException {
    return service.answer(request("Bearer good", Optional.of("gzip"), SyncWire.gzip(message)));
  }

  List<SyncMessage> ask(SyncMessage... parts) throws IOException {
    SyncReply reply = send(SyncWire.encode(List.of(parts)));
    assertThat(reply.status()).as(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Encoding", "gzip");
    return SyncWire.decode(SyncWire.gunzip(reply.body()));
  }

  static Hello hello(int version) {
    return new Hello(
        new TreeSet<>(Set.of(version)),
        Lines.replicaId(2),
        "kitchen",
        Frontier.EMPTY,
        Optional.empty());
  }

  static Pull pull(Frontier frontier) {
    return new Pull(frontier, new TreeMap<>(), Limits.MESSAGE_BYTES);
  }

  static String text(SyncReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
