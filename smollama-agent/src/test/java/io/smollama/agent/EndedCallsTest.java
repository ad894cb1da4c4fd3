package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.smollama.core.ChatException;
import io.smollama.core.ChatMessage;
import io.smollama.core.ChatRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that their caller ends. */
class EndedCallsTest {
  private static final ChatRequest HELLO =
      new ChatRequest(List.of(ChatMessage.user("Hello")), 50, Duration.ofMinutes(1));

  private final CountDownLatch heard = new CountDownLatch(1);
  private final Thread caller = Thread.currentThread();
  private FakeOllama server;
  private OllamaChatModel model;

  @BeforeEach
  void start() throws Exception {
    server = new FakeOllama();
    model = new OllamaChatModel(server.config(Duration.ofMinutes(1)));
  }

  @AfterEach
  void stop() {
    Thread.interrupted();
    model.close();
    server.close();
  }

  @Test
  void anInterruptEndsAWaitForTheServer() {
    server.fallsSilent(() -> onceItWaits(caller::interrupt));
    ends("the call was interrupted", piece -> heard.countDown());
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void closingEndsAWaitForTheServer() {
    server.fallsSilent(() -> onceItWaits(model::close));
    ends("its model was closed", piece -> heard.countDown());
  }

  @Test
  void whatHasArrivedBeforeAnInterruptIsNotTold() {
    arrivesAtOnce();
    List<String> pieces = new ArrayList<>();
    ends(
        "the call was interrupted",
        piece -> {
          pieces.add(piece);
          caller.interrupt();
        });
    assertThat(pieces).containsExactly("Once ");
  }

  @Test
  void whatHasArrivedBeforeClosingIsNotTold() {
    arrivesAtOnce();
    List<String> pieces = new ArrayList<>();
    ends(
        "its model was closed",
        piece -> {
          pieces.add(piece);
          model.close();
        });
    assertThat(pieces).containsExactly("Once ");
  }

  @Test
  void theServerLearnsThatNobodyListensAnyMore() throws Exception {
    server.neverEnds(FakeOllama.word("more "));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () ->
                model.chat(
                    HELLO,
                    piece -> {
                      throw new UnsupportedOperationException();
                    }));
    assertThat(server.http.sawClientGo()).isTrue();
  }

  private void arrivesAtOnce() {
    String all =
        FakeOllama.word("Once ") + "\n" + FakeOllama.word("upon ") + "\n" + FakeOllama.WHOLE + "\n";
    server.sendsBytes(Stream.of(FakeHttp.utf8(all)));
  }

  private void ends(String named, Consumer<String> listener) {
    assertThatExceptionOfType(ChatException.class)
        .isThrownBy(() -> model.chat(HELLO, listener))
        .withMessageContaining(named)
        .matches(e -> !e.isRetryable())
        .matches(e -> !"timeout".equals(e.getCause().getMessage()), "ended before its deadline");
  }

  /** Acts when the caller has heard a piece and waits for the next, deep in the network. */
  private void onceItWaits(Runnable act) {
    try {
      heard.await();
    } catch (InterruptedException e) {
      return; // the server is closed, the test over
    }
    while (Arrays.stream(caller.getStackTrace()).noneMatch(f -> f.getMethodName().equals("poll"))) {
      Thread.onSpinWait();
    }
    act.run();
  }
}
