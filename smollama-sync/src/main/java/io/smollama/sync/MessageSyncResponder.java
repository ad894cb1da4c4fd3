package io.smollama.sync;

import io.smollama.core.JournalException;
import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.MessageException;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport.Call;
import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what devices ask over a message bus through {@link MessageSyncTransport}: one request
 * after another, a few may wait. A device is who the topic says; the broker must let nobody else
 * publish under it. Thread-safe.
 */
public final class MessageSyncResponder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MessageSyncResponder.class);
  private static final int MOST_WAITING = 8;
  private static final int MOST_ASSEMBLED = 8;

  /** What a device is answered. */
  @FunctionalInterface
  public interface Answerer {
    /**
     * Answers a message.
     *
     * @throws SyncException to refuse it
     */
    byte[] answer(String device, Call call, byte[] message);
  }

  private final MessageBus bus;
  private final SyncTopics topics;
  private final Answerer answerer;
  private final MessageAssembly requests = new MessageAssembly(MOST_ASSEMBLED);
  private final ThreadPoolExecutor worker;
  private MessageBus.Subscription listening = () -> {};

  private MessageSyncResponder(MessageBus bus, SyncTopics topics, Answerer answerer) {
    this.bus = bus;
    this.topics = topics;
    this.answerer = answerer;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "sync-over-messages");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to listen.
   *
   * @param prefix what the topics of all nodes begin with
   * @param server the name that devices know it by
   */
  public static MessageSyncResponder open(
      MessageBus bus, String prefix, String server, Answerer answerer) {
    SyncTopics topics = new SyncTopics(prefix, server);
    MessageSyncResponder responder = new MessageSyncResponder(bus, topics, answerer);
    responder.listening = bus.subscribe(new TopicFilter(topics.requests()), responder::received);
    return responder;
  }

  /**
   * Shares a log with whoever may ask.
   *
   * @param offered what a device gets that does not say whose entries it wants
   */
  public static Answerer over(SharedReplica log, SyncScope offered, CreditAccounts credits) {
    return (device, call, message) -> {
      try {
        List<SyncMessage> parts = SyncWire.decode(message);
        boolean foreign =
            parts.stream()
                .anyMatch(
                    part ->
                        part instanceof SyncMessage.Hello hello
                            && !hello.versions().contains(SyncMessage.VERSION));
        if (foreign) {
          String only = "this server speaks version %d only".formatted(SyncMessage.VERSION);
          throw new SyncException(device, Fault.UPGRADE, only);
        }
        return new Answering(log, offered, credits, device).answer(parts);
      } catch (JournalException e) {
        LOG.warn("A peer could not be answered: {}", e.getMessage());
        String why = "the server's storage is busy or failed";
        throw e.isRetryable()
            ? SyncException.busy(device, why, Limits.RETRY)
            : new SyncException(device, Fault.BROKEN, why, e);
      } catch (MalformedMessageException e) {
        Fault fault = e.isTooLarge() ? Fault.TOO_LARGE : Fault.BROKEN;
        throw new SyncException(device, fault, String.valueOf(e.getMessage()), e);
      }
    };
  }

  private void received(Message message) {
    MessageFrame frame = MessageFrame.read(message.payload()).orElse(null);
    boolean request = frame != null && frame.kind().ordinal() <= MessageFrame.Kind.PULL.ordinal();
    if (!request || message.isStored()) {
      return; // whoever it was will ask again, or is no device
    }
    String device = message.topic().substring(message.topic().lastIndexOf('/') + 1);
    requests.add(device, frame).ifPresent(whole -> enqueue(device, frame, whole));
  }

  private void enqueue(String device, MessageFrame last, byte[] packed) {
    try {
      worker.execute(() -> answer(device, last, packed));
    } catch (RejectedExecutionException e) {
      refuse(device, last.id(), SyncException.busy(device, "too many ask at once", Limits.RETRY));
    }
  }

  private void answer(String device, MessageFrame last, byte[] packed) {
    try {
      byte[] message = SyncWire.gunzip(packed);
      byte[] answer = answerer.answer(device, Call.valueOf(last.kind().name()), message);
      say(device, MessageFrame.Kind.ANSWER, last.id(), answer);
    } catch (SyncException e) {
      refuse(device, last.id(), e);
    } catch (MalformedMessageException e) {
      Fault fault = e.isTooLarge() ? Fault.TOO_LARGE : Fault.BROKEN;
      String why = String.valueOf(e.getMessage());
      refuse(device, last.id(), new SyncException(device, fault, why, e));
    } catch (MessageException e) {
      LOG.warn("{} could not be answered: {}", device, e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("{} could not be answered", device, e);
      refuse(device, last.id(), new SyncException(device, Fault.BROKEN, "the server failed"));
    }
  }

  private void refuse(String device, UUID id, SyncException failure) {
    String why = failure.getMessage().substring(failure.culprit().length() + 2);
    Duration after = failure.retryAfter().orElse(Duration.ZERO);
    try {
      say(device, MessageFrame.Kind.FAULT, id, ToldFault.write(failure.fault(), after, why));
    } catch (MessageException | IllegalStateException e) {
      LOG.debug("{} could not be refused", device, e);
    }
  }

  private void say(String device, MessageFrame.Kind kind, UUID id, byte[] body) {
    for (byte[] part : MessageFrame.cut(kind, id, SyncWire.gzip(body))) {
      bus.publish(Message.event(topics.answer(device), part));
    }
  }

  @Override
  public void close() {
    listening.close();
    worker.shutdownNow();
  }
}
