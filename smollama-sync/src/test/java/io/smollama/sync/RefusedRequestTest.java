package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.Point;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RefusedRequestTest extends SyncServiceFixture {
  @Test
  void whoHasNoGoodTokenBeforeReadingABody() throws IOException {
    InputStream never =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("the body was read");
          }
        };
    for (String authorization : List.of("Bearer bad", "Bearer old", "good", "Basic good", "")) {
      SyncReply reply =
          service.answer(
              new SyncRequest(
                  "push",
                  Optional.of(authorization).filter(a -> !a.isEmpty()),
                  Optional.empty(),
                  Optional.empty(),
                  never));
      boolean old = authorization.endsWith("old");
      assertThat(reply.status()).isEqualTo(old ? 403 : 401);
      assertThat(text(reply))
          .contains(
              old
                  ? "the token of 'attic' was revoked"
                  : authorization.startsWith("Bearer") ? "no such token" : "no token came");
      assertThat(reply.headers().containsKey("WWW-Authenticate")).isEqualTo(!old);
    }
  }

  @Test
  void whatIsTooLargePackedOrUnpacked() throws IOException {
    byte[] bomb = new byte[64 << 20];
    assertThat(send(bomb).status()).isEqualTo(413);
    byte[] plain = new byte[Limits.MESSAGE_BYTES + 1];
    assertThat(service.answer(request("Bearer good", Optional.empty(), plain)).status())
        .isEqualTo(413);
    assertThat(store.chains()).isEmpty();
  }

  @Test
  void butNotALargestMessageThatDoesNotPack() throws IOException {
    Random random = new Random(1);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(64 * 1024, 1, 128).forEach(c -> text.append((char) c));
      runs.add(
          Run.of(List.of(Lines.entry(Lines.chain(10 + i), Point.START, 1, "a", text.toString()))));
    }
    byte[] noise = new byte[Limits.MESSAGE_BYTES];
    random.nextBytes(noise);
    assertThat(SyncWire.gzip(noise).length).isBetween(noise.length, SyncService.MOST_BODY_BYTES);
    assertThat(send(noise).status()).isEqualTo(400);
    PushReply reply = (PushReply) ask(new Push(runs)).get(0);
    assertThat(reply.verdicts()).hasSize(15).containsOnly(new Verdict.Ok());
  }

  @Test
  void anotherVersionAndSaysWhichItSpeaks() throws IOException {
    SyncReply reply = send(SyncWire.encode(List.of(hello(3), pull(Frontier.EMPTY))));
    assertThat(reply.status()).isEqualTo(426);
    assertThat(text(reply)).contains("\"supported\":[2]");
    assertThat(reply.headers()).containsEntry("Upgrade", "smollama-sync/2");
  }

  @Test
  void whatIsMalformedNamingTheLine() throws IOException {
    SyncReply reply = send("{\"hello\":{}}\n{\"end\":{}}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(text(reply)).startsWith("{\"error\":\"line 1: '").endsWith("is missing\"}");
    assertThat(send(SyncWire.encode(List.of(hello(2), hello(2)))).status()).isEqualTo(400);
    assertThat(send(SyncWire.encode(List.of(pull(Frontier.EMPTY), hello(2)))).status())
        .isEqualTo(400);
    HelloReply reflected = new HelloReply(2, Optional.empty(), Frontier.EMPTY, PeerStatus.OK, 0);
    assertThat(send(SyncWire.encode(List.of(reflected))).status()).isEqualTo(400);
    assertThat(service.answer(request("Bearer good", Optional.of("br"), new byte[9])).status())
        .isEqualTo(415);
  }

  @Test
  void anUnknownCall() throws IOException {
    SyncReply reply =
        service.answer(
            new SyncRequest(
                "drop",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                InputStream.nullInputStream()));
    assertThat(reply.status()).isEqualTo(404);
  }

  @Test
  void toAnswerWithoutItsStorage() throws IOException {
    service = over(failing(true));
    SyncReply busy = send(SyncWire.encode(List.of(hello(2))));
    assertThat(busy.status()).isEqualTo(503);
    assertThat(busy.headers()).containsEntry("Retry-After", "60");
    service = over(failing(false));
    SyncReply broken = send(SyncWire.encode(List.of(hello(2))));
    assertThat(broken.status()).isEqualTo(500);
    assertThat(text(broken)).doesNotContain("/secret/path");
  }

  private LogStore failing(boolean retryable) {
    return new LogStoreAround(store) {
      @Override
      public java.util.SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
        throw new JournalException("/secret/path", "broke", retryable);
      }
    };
  }
}
