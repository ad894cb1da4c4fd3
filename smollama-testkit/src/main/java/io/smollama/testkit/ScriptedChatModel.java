package io.smollama.testkit;

import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatReply.Ending;
import io.smollama.core.ChatRequest;
import io.smollama.core.ToolCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A model that answers what a test has written for it, in order, and remembers what it was asked. A
 * token is a word. When the script is at its end it is away. Thread-safe.
 */
public final class ScriptedChatModel implements ChatModel {
  private static final String NAME = "scripted:1";

  private final Deque<Step> script = new ArrayDeque<>();
  private final List<ChatRequest> asked = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public ScriptedChatModel(String... answers) {
    List.of(answers).forEach(this::says);
  }

  /** What becomes of one request. */
  private interface Step {
    ChatReply answer(ChatRequest request, Consumer<String> listener) throws InterruptedException;
  }

  /** Adds an answer in words. */
  public ScriptedChatModel says(String text) {
    return then((request, listener) -> speak(text, request, listener));
  }

  /** Adds an answer that calls tools. */
  public ScriptedChatModel calls(ToolCall... calls) {
    List<ToolCall> wished = List.of(calls);
    return then((request, listener) -> reply("", wished, Ending.DONE, request, wished.size()));
  }

  /** Adds a failure. */
  public ScriptedChatModel fails(ChatException failure) {
    return then(
        (request, listener) -> {
          throw failure;
        });
  }

  /** Adds a silence, which lasts until the deadline of the request passes. */
  public ScriptedChatModel keepsSilent() {
    return then(
        (request, listener) -> {
          closed.await(request.deadline().toNanos(), TimeUnit.NANOSECONDS);
          requireGoingOn();
          throw new ChatException(NAME, "no answer within " + request.deadline(), true);
        });
  }

  private synchronized ScriptedChatModel then(Step step) {
    script.add(step);
    return this;
  }

  /** What it was asked so far, oldest first. */
  public synchronized List<ChatRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public synchronized Optional<ChatCapabilities> capabilities() {
    return script.isEmpty() || isClosed()
        ? Optional.empty()
        : Optional.of(new ChatCapabilities(NAME, true, false, false, OptionalInt.of(4096)));
  }

  @Override
  public ChatReply chat(ChatRequest request, Consumer<String> listener) {
    if (isClosed()) {
      throw new IllegalStateException(NAME + " is closed");
    }
    try {
      return next(request).answer(request, listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChatException(NAME, "the call was interrupted", false, e);
    }
  }

  private synchronized Step next(ChatRequest request) {
    asked.add(request);
    Step step = script.poll();
    if (step == null) {
      throw new ChatException(NAME, "the script is at its end", false);
    }
    return step;
  }

  private ChatReply speak(String text, ChatRequest request, Consumer<String> listener)
      throws InterruptedException {
    String[] words = text.strip().split("(?<= )");
    int kept = Math.min(words.length, request.maxTokens());
    for (String word : List.of(words).subList(0, kept)) {
      requireGoingOn();
      listener.accept(word);
    }
    requireGoingOn();
    String said = String.join("", List.of(words).subList(0, kept)).strip();
    return reply(
        said, List.of(), kept == words.length ? Ending.DONE : Ending.TOKENS, request, kept);
  }

  private void requireGoingOn() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (isClosed()) {
      throw new ChatException(NAME, "the call was ended because its model was closed", false);
    }
  }

  private static ChatReply reply(
      String text, List<ToolCall> calls, Ending ending, ChatRequest request, int tokens) {
    int read = request.messages().stream().mapToInt(m -> m.content().split(" ").length).sum();
    return new ChatReply(
        text, "", calls, ending, NAME, OptionalInt.of(read), OptionalInt.of(tokens));
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
