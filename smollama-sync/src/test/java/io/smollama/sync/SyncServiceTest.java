package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SyncServiceTest {
  private static final long CREDIT = 1 << 26;

  private final InMemoryLogStore store = Lines.store(1);
  private final CreditAccounts credits = new CreditAccounts(CREDIT, () -> 0);
  private LogStore behind = store;
  private final SyncService service =
      new SyncService(
          ReplicaAccess.each(() -> new Replica(behind, "llama", Lines.freshIds())),
          SyncServiceTest::admit,
          credits,
          () -> Lines.NOW);

  private static Admission admit(String token) {
    return switch (token) {
      case "good" -> new Admission.Admitted("kitchen");
      case "old" -> new Admission.Revoked("attic");
      default -> new Admission.Unknown();
    };
  }

  private static SyncRequest request(String authorization, Optional<String> encoding, byte[] body) {
    return new SyncRequest(
        "push",
        Optional.of(authorization),
        encoding,
        Optional.of("gzip"),
        new ByteArrayInputStream(body));
  }

  private SyncReply send(byte[] message) throws IOException {
    return service.answer(request("Bearer good", Optional.of("gzip"), SyncWire.gzip(message)));
  }

  private List<SyncMessage> ask(SyncMessage... parts) throws IOException {
    SyncReply reply = send(SyncWire.encode(List.of(parts)));
    assertThat(reply.status()).as(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("Content-Encoding", "gzip");
    return SyncWire.decode(SyncWire.gunzip(reply.body()));
  }

  private static Hello hello(int version) {
    return new Hello(
        new TreeSet<>(Set.of(version)),
        Lines.replicaId(2),
        "kitchen",
        Frontier.EMPTY,
        Optional.empty());
  }

  private static Pull pull(Frontier frontier) {
    return new Pull(frontier, new TreeMap<>(), Limits.MESSAGE_BYTES);
  }

  private static String text(SyncReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Nested
  class Answers {
    @Test
    void allPartsOfARequestInTheirOrder() throws IOException {
      List<Entry> line = Lines.line(Lines.chain(2), 3);
      new Replica(store, "llama", Lines.freshIds())
          .append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
      List<SyncMessage> answers =
          ask(
              hello(2),
              new Push(List.of(Run.of(line))),
              pull(Frontiers.after(Frontier.EMPTY, List.of(Run.of(line)))));
      assertThat(answers).hasSize(3);
      assertThat(((HelloReply) answers.get(0)).credit()).isEqualTo(CREDIT);
      assertThat(((PushReply) answers.get(1)).verdicts()).containsExactly(new Verdict.Ok());
      PullReply pulled = (PullReply) answers.get(2);
      assertThat(pulled.runs()).hasSize(1);
      assertThat(pulled.runs().get(0).chain().origin()).isEqualTo(Lines.replicaId(1));
      assertThat(store.everHeld(line.get(2).id())).isTrue();
    }

    @Test
    void plainlyIfTheAskerTakesNothingPacked() throws IOException {
      SyncReply reply =
          service.answer(
              new SyncRequest(
                  "hello",
                  Optional.of("bearer good"),
                  Optional.empty(),
                  Optional.empty(),
                  new ByteArrayInputStream(SyncWire.encode(List.of(hello(2))))));
      assertThat(reply.headers()).doesNotContainKey("Content-Encoding");
      assertThat(SyncWire.decode(reply.body()).get(0)).isInstanceOf(HelloReply.class);
    }

    @Test
    void withNoMoreThanAMessageMayHave() throws IOException {
      List<Run> runs = new ArrayList<>();
      for (int origin = 0; origin < 6_500; origin++) {
        runs.add(Run.of(Lines.line(Lines.chain(0x10000 + origin), 1)));
      }
      Replica replica = new Replica(store, "llama", Lines.freshIds());
      replica.takeIn(runs, Long.MAX_VALUE, Lines.NOW);
      String large = "\"" + "x".repeat(60_000) + "\"";
      replica.append(
          ChainId.KNOWLEDGE, Collections.nCopies(20, new NewEntry("obs.add", large)), Lines.NOW);
      Frontier strange = Frontier.EMPTY;
      for (Run run : runs) {
        Entry first = run.entries().get(0);
        Entry other = Lines.entry(run.chain(), Points.of(first), 2, "obs.add", "{}");
        strange = Frontiers.after(strange, List.of(Run.of(List.of(other))));
      }
      PullReply answer = (PullReply) ask(pull(strange)).get(0);
      assertThat(answer.more()).isTrue();
      assertThat(answer.doubts().chains()).hasSizeGreaterThan(6_000);
      assertThat(SyncWire.encode(List.of(answer)).length).isLessThanOrEqualTo(Limits.MESSAGE_BYTES);
    }
  }

  @Nested
  class Refuses {
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
            .contains(old ? "the token of 'attic' was revoked" : "no such token");
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
            Run.of(
                List.of(Lines.entry(Lines.chain(10 + i), Point.START, 1, "a", text.toString()))));
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
      behind = failing(true);
      SyncReply busy = send(SyncWire.encode(List.of(hello(2))));
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.headers()).containsEntry("Retry-After", "60");
      behind = failing(false);
      SyncReply broken = send(SyncWire.encode(List.of(hello(2))));
      assertThat(broken.status()).isEqualTo(500);
      assertThat(text(broken)).doesNotContain("/secret/path");
    }

    private LogStore failing(boolean retryable) {
      return new LogStoreAround(store) {
        @Override
        public java.util.SortedMap<ChainId, ChainState> chains() {
          throw new JournalException("/secret/path", "broke", retryable);
        }
      };
    }
  }

  @Nested
  class Charges {
    @Test
    void forWhatIsNewAndForNothingElse() throws IOException {
      List<Entry> line = Lines.line(Lines.chain(2), 3);
      ask(new Push(List.of(Run.of(line))));
      long cost = line.stream().mapToLong(Entry::size).sum();
      assertThat(credits.left("kitchen")).isEqualTo(CREDIT - cost);
      ask(new Push(List.of(Run.of(line))));
      assertThat(credits.left("kitchen")).isEqualTo(CREDIT - cost);
    }

    @Test
    void andTakesNothingBeyondTheCredit() throws IOException {
      credits.reserve("kitchen", CREDIT - 1_000);
      List<Entry> line = Lines.line(Lines.chain(2), 4);
      PushReply reply = (PushReply) ask(new Push(List.of(Run.of(line)))).get(0);
      assertThat(reply.verdicts().get(0)).isInstanceOf(Verdict.Busy.class);
      assertThat(store.chains()).isEmpty();
      assertThat(credits.left("kitchen")).isEqualTo(1_000);
    }

    @Test
    void nothingWhenTheStorageFails() {
      behind =
          new LogStoreAround(store) {
            @Override
            public boolean commit(Change change) {
              throw new IllegalStateException("unforeseen");
            }
          };
      assertThatThrownBy(() -> ask(new Push(List.of(Run.of(Lines.line(Lines.chain(2), 4))))))
          .hasMessage("unforeseen");
      assertThat(credits.left("kitchen")).isEqualTo(CREDIT);
    }
  }
}
