package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.core.SyncTransport.Call;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link SyncTransport} does. One thread at a time. */
public abstract class SyncTransportContract {
  private static final int LARGEST = 1 << 20;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile SyncPeer answering = (call, message) -> message;
  private SyncTransport transport;

  /**
   * A transport that leads to this peer. A {@link SyncException} of the peer's reaches the asker
   * with its fault, and its time to come back if it has one.
   */
  protected abstract SyncTransport connect(SyncPeer peer) throws Exception;

  @BeforeEach
  final void openTransport() throws Exception {
    transport = connect((call, message) -> answering.answer(call, message));
  }

  @AfterEach
  final void closeTransport() {
    release.countDown();
    transport.close();
    transport.close();
  }

  @ParameterizedTest
  @EnumSource
  void bringsEachCallToThePeerAndTheAnswerBack(Call call) {
    List<String> heard = new ArrayList<>();
    answering =
        (asked, message) -> {
          heard.add(asked + " " + new String(message, StandardCharsets.UTF_8));
          return "good day".getBytes(StandardCharsets.UTF_8);
        };
    byte[] answer = transport.ask(call, "hello\n".getBytes(StandardCharsets.UTF_8));
    assertThat(answer).asString(StandardCharsets.UTF_8).isEqualTo("good day");
    assertThat(heard).containsExactly(call + " hello\n");
  }

  @Test
  void keepsEveryByteOfTheLargestMessage() {
    byte[] message = new byte[LARGEST];
    new Random(1).nextBytes(message);
    byte[] answer = message.clone();
    answer[0]++;
    answering =
        (call, received) -> {
          assertThat(received).isEqualTo(message);
          return answer;
        };
    assertThat(transport.ask(Call.PUSH, message)).isEqualTo(answer);
    assertThat(transport.ask(Call.PUSH, message)).isEqualTo(answer);
  }

  @ParameterizedTest
  @EnumSource
  void tellsEveryFaultFromTheOthers(Fault fault) {
    answering =
        (call, message) -> {
          throw new SyncException("peer", fault, "because of the moon");
        };
    SyncException failure = failure();
    assertThat(failure.fault()).isEqualTo(fault);
    assertThat(failure.culprit()).isEqualTo(transport.peer());
    assertThat(failure.getMessage()).hasLineCount(1);
    boolean worthTrying = List.of(Fault.UNREACHABLE, Fault.BUSY, Fault.BROKEN).contains(fault);
    assertThat(failure.isRetryable()).isEqualTo(worthTrying);
  }

  @Test
  void tellsWhenABusyPeerCanBeAskedAgain() {
    answering =
        (call, message) -> {
          throw SyncException.busy("peer", "too many at once", Duration.ofSeconds(90));
        };
    assertThat(failure().retryAfter()).isEqualTo(Optional.of(Duration.ofSeconds(90)));
  }

  @Test
  void goesOnAfterAFailure() {
    answering =
        (call, message) -> {
          throw new SyncException("peer", Fault.BUSY, "later");
        };
    failure();
    answering = (call, message) -> message;
    assertThat(transport.ask(Call.PULL, new byte[] {7})).containsExactly(7);
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    answering = this::slowly;
    CompletableFuture<SyncException> ended = CompletableFuture.supplyAsync(this::failure);
    assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
    transport.close();
    assertThat(ended.get(1, TimeUnit.MINUTES).fault()).isEqualTo(Fault.UNREACHABLE);
    assertThat(failure().fault()).isEqualTo(Fault.UNREACHABLE);
  }

  private byte[] slowly(Call call, byte[] message) {
    asked.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return message;
  }

  private SyncException failure() {
    return catchThrowableOfType(
        SyncException.class, () -> transport.ask(Call.HELLO, new byte[] {1, 2, 3}));
  }
}
