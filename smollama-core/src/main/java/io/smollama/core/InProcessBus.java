package io.smollama.core;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A bus of one process: a queue, a thread that empties it, and the newest state of each topic. */
final class InProcessBus implements MessageBus {
  private static final System.Logger LOG = System.getLogger(InProcessBus.class.getName());
  private static final int MOST_WAITING = 10_000;
  private static final int MOST_STATES = 10_000;

  /** Of what waits, and of the states. */
  private static final long MOST_BYTES = 16L << 20;

  private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(MOST_WAITING);
  private final List<Listening> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, Message> states = new LinkedHashMap<>();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong waitingBytes = new AtomicLong();
  private long stateBytes;
  private final Thread thread = new Thread(this::deliver, "message-bus");
  private volatile boolean closed;
  private boolean started;

  /** A message, and who listened when it was said. */
  private record Delivery(Message message, List<Listening> to) {}

  private final class Listening implements Subscription {
    private final TopicFilter filter;
    private final Consumer<Message> listener;

    Listening(TopicFilter filter, Consumer<Message> listener) {
      this.filter = filter;
      this.listener = listener;
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }

  @Override
  public synchronized void publish(Message message) {
    requireOpen();
    if (message.kind() == Message.Kind.STATE && !message.isStored()) {
      keep(message);
    }
    enqueue(
        message, listeners.stream().filter(one -> one.filter.matches(message.topic())).toList());
  }

  private void keep(Message state) {
    forget(state.topic());
    if (state.size() > 0) {
      states.put(state.topic(), state.asStored());
      stateBytes += state.size();
      while (states.size() > MOST_STATES || stateBytes > MOST_BYTES) {
        forget(states.keySet().iterator().next());
        dropped.incrementAndGet();
      }
    }
  }

  private void forget(String topic) {
    Message before = states.remove(topic);
    stateBytes -= before == null ? 0 : before.size();
  }

  @Override
  public synchronized Subscription subscribe(TopicFilter filter, Consumer<Message> listener) {
    requireOpen();
    Listening listening = new Listening(filter, listener);
    listeners.add(listening);
    states.values().stream()
        .filter(state -> filter.matches(state.topic()))
        .forEach(state -> enqueue(state, List.of(listening)));
    return listening;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The message bus is closed");
    }
  }

  private void enqueue(Message message, List<Listening> to) {
    if (to.isEmpty()) {
      return;
    }
    if (!started) {
      started = true;
      thread.setDaemon(true);
      thread.start();
    }
    boolean room = waitingBytes.get() + message.size() <= MOST_BYTES;
    if (room && queue.offer(new Delivery(message, to))) {
      waitingBytes.addAndGet(message.size());
    } else {
      dropped.incrementAndGet();
    }
  }

  private void deliver() {
    try {
      while (!closed) {
        Delivery next = queue.take();
        waitingBytes.addAndGet(-next.message().size());
        next.to().stream()
            .filter(listeners::contains)
            .forEach(listening -> hand(next.message(), listening));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private static void hand(Message message, Listening to) {
    try {
      to.listener.accept(message);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A listener to %s failed at %s".formatted(to.filter, message), e);
    }
  }

  @Override
  public State state() {
    return new State(!closed, "within this process", queue.size(), dropped.get());
  }

  @Override
  public synchronized void close() {
    closed = true;
    listeners.clear();
    thread.interrupt();
  }
}
