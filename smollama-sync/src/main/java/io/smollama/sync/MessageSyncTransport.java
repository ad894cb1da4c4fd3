package io.smollama.sync;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.MessageException;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * To a server that listens to the same message bus: packed, and cut into parts that every broker
 * takes. Who may ask is for the broker to decide, by who may publish under the topic of a device;
 * whoever may read these topics reads what is exchanged. The bus is not closed with it.
 * Thread-safe.
 */
public final class MessageSyncTransport implements SyncTransport {
  private final MessageBus bus;
  private final SyncTopics topics;
  private final String device;
  private final Duration patience;
  private final MessageAssembly answers = new MessageAssembly(4);
  private final Map<UUID, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
  private MessageBus.@Nullable Subscription listening;
  private volatile boolean closed;

  private MessageSyncTransport(
      MessageBus bus, SyncTopics topics, String device, Duration patience) {
    this.bus = bus;
    this.topics = topics;
    this.device = device;
    this.patience = patience;
  }

  /**
   * A transport that listens for answers from when it first asks.
   *
   * @param prefix what the topics of all nodes begin with
   * @param server the name that the server listens under
   * @param device the name of who asks, which nobody else asks under
   * @param patience how long an answer may take
   */
  public static MessageSyncTransport open(
      MessageBus bus, String prefix, String server, String device, Duration patience) {
    SyncTopics topics = new SyncTopics(prefix, server);
    topics.answer(device); // says what is wrong with the name
    return new MessageSyncTransport(bus, topics, device, patience);
  }

  @Override
  public String peer() {
    return "mqtt:" + topics.server();
  }

  @Override
  public byte[] ask(Call call, byte[] message) {
    listen();
    MessageBus.State state = bus.state();
    if (!state.connected()) {
      // A request that waited for hours would be answered to nobody.
      throw failure(Fault.UNREACHABLE, state.says());
    }
    UUID id = UUID.randomUUID();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    try {
      if (closed) { // while this began
        throw failure(Fault.UNREACHABLE, "the transport was closed");
      }
      MessageFrame.Kind kind = MessageFrame.Kind.valueOf(call.name());
      for (byte[] part : MessageFrame.cut(kind, id, SyncWire.gzip(message))) {
        bus.publish(Message.event(topics.request(device), part));
      }
      return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (MessageException | IllegalStateException e) {
      throw new SyncException(peer(), Fault.UNREACHABLE, String.valueOf(e.getMessage()), e);
    } catch (TimeoutException e) {
      throw failure(Fault.UNREACHABLE, "no answer within %d s".formatted(patience.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Fault.UNREACHABLE, "waiting for the answer was interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SyncException told
          ? told
          : new SyncException(peer(), Fault.BROKEN, "is no answer: " + e.getCause(), e);
    } finally {
      waiting.remove(id);
    }
  }

  private synchronized void listen() {
    if (closed) {
      throw failure(Fault.UNREACHABLE, "the transport was closed");
    }
    if (listening == null) {
      listening = bus.subscribe(new TopicFilter(topics.answer(device)), this::received);
    }
  }

  private SyncException failure(Fault fault, String why) {
    return new SyncException(peer(), fault, why);
  }

  private void received(Message message) {
    MessageFrame frame = MessageFrame.read(message.payload()).orElse(null);
    if (frame == null || !waiting.containsKey(frame.id())) {
      return; // of an earlier call, or of nobody here
    }
    answers.add(frame.id().toString(), frame).ifPresent(whole -> answered(frame, whole));
  }

  private void answered(MessageFrame last, byte[] whole) {
    CompletableFuture<byte[]> answer = waiting.get(last.id());
    if (answer == null) {
      return;
    }
    try {
      byte[] body = SyncWire.gunzip(whole);
      switch (last.kind()) {
        case ANSWER -> answer.complete(body);
        case FAULT -> answer.completeExceptionally(ToldFault.read(peer(), body));
        default -> {} // somebody else's request under a topic that is not for it
      }
    } catch (MalformedMessageException e) {
      answer.completeExceptionally(
          new SyncException(peer(), Fault.BROKEN, String.valueOf(e.getMessage()), e));
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (listening != null) {
      listening.close();
    }
    waiting
        .values()
        .forEach(
            answer ->
                answer.completeExceptionally(
                    failure(Fault.UNREACHABLE, "the transport was closed")));
  }
}
