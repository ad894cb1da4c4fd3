package io.smollama.mqtt;

import io.smollama.core.Message;
import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection to the broker for as long as it is open: connects again after each end,
 * listens to what is listened to, and sends what waits. All of it happens on one thread, which
 * waits for nothing.
 */
final class BrokerSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final long GOODBYE_SECONDS = 2;

  private final Function<BrokerLink.Listener, BrokerLink> links;
  private final Parts parts;
  private final Departures departures;
  private final SingleWorker worker = new SingleWorker("mqtt");
  private final Set<String> listening = new LinkedHashSet<>();
  private @Nullable Attempt attempt;
  private boolean up;
  private boolean forgotten;
  private int subscribing;

  /** Counted by those who ask, so that what they say afterwards is not sent before. */
  private final AtomicInteger asking = new AtomicInteger();

  private long upSince;
  private volatile boolean closing;

  /**
   * What a session works with.
   *
   * @param wanted the filters that are listened to now
   * @param condition where it says how it is
   */
  record Parts(
      Outbox outbox,
      PendingStates states,
      Intake intake,
      Supplier<Collection<TopicFilter>> wanted,
      SessionCondition condition,
      BackoffDelay backoff,
      Message online,
      Message offline) {}

  /** One connection, and what comes over it. */
  private final class Attempt implements BrokerLink.Listener {
    private final BrokerLink link = links.apply(this);

    @Override
    public void received(String topic, byte[] payload, boolean stored) {
      parts.intake.take(topic, payload, stored);
    }

    @Override
    public void lost(Throwable cause) {
      worker.run(() -> BrokerSession.this.lost(this, cause));
    }
  }

  BrokerSession(Function<BrokerLink.Listener, BrokerLink> links, Parts parts) {
    this.links = links;
    this.parts = parts;
    this.departures =
        new Departures(parts.outbox, parts.states, parts.condition, worker, this::send);
  }

  void start() {
    worker.run(this::connect);
  }

  /** Something waits to be sent. */
  void wake() {
    worker.run(this::send);
  }

  /** Other filters are wanted; a new one is asked for even if others mean its topics. */
  void listen(Collection<TopicFilter> added) {
    asking.incrementAndGet();
    worker.run(
        () -> {
          asking.decrementAndGet();
          subscribe(added.stream().map(TopicFilter::text).toList());
          send();
        });
  }

  private void connect() {
    if (closing) {
      return;
    }
    Attempt now = new Attempt();
    attempt = now;
    now.link
        .connect(!forgotten)
        .whenComplete(
            (kept, failure) -> {
              if (closing) {
                now.link.disconnect();
              } else if (failure != null) {
                now.lost(failure);
              } else {
                worker.run(() -> connected(now, kept));
              }
            });
  }

  private void connected(Attempt now, boolean kept) {
    if (now != attempt) {
      return;
    }
    if (!forgotten) {
      // What an earlier process listened to, and what waited for it, is not for this one.
      forgotten = true;
      attempt = null;
      now.link.disconnect().whenComplete((done, failure) -> worker.run(this::connect));
      return;
    }
    up = true;
    upSince = System.nanoTime();
    subscribing = 0;
    listening.clear();
    departures.over(now.link, !kept, now::lost);
    LOG.info("{}", parts.condition.connected());
    now.link.publish(parts.online).whenComplete((done, failure) -> {});
    subscribe(List.of());
    send();
  }

  private void lost(Attempt of, Throwable cause) {
    if (of != attempt || closing) {
      return;
    }
    attempt = null;
    if (up && System.nanoTime() - upSince > STEADY.toNanos()) {
      parts.backoff.succeeded();
    }
    up = false;
    departures.halt();
    LinkTrouble trouble = LinkTrouble.of(cause);
    if (parts.condition.lost(trouble.says())) {
      LOG.warn("{}; trying again for as long as it takes", parts.condition.says());
    }
    LOG.debug("No connection", cause);
    worker.runAfter(parts.backoff.failed(trouble.hopeless()), this::connect);
  }

  private void subscribe(List<String> added) {
    if (!up) {
      return;
    }
    Set<String> wanted = FilterCover.of(parts.wanted.get());
    Set<String> ask = new LinkedHashSet<>(wanted);
    ask.removeAll(listening);
    ask.addAll(added); // so that the broker hands out the states once more
    Set<String> end = new LinkedHashSet<>(listening);
    end.addAll(ask);
    end.removeAll(wanted);
    listening.clear();
    listening.addAll(wanted);
    Attempt now = attempt;
    subscribing++;
    CompletableFuture<?> answer =
        ask.isEmpty() ? CompletableFuture.completedFuture(null) : now.link.subscribe(ask);
    answer.whenComplete((done, failure) -> worker.run(() -> subscribed(now, ask, end, failure)));
  }

  private void subscribed(
      Attempt now, Set<String> asked, Set<String> end, @Nullable Throwable failure) {
    if (now != attempt) {
      return;
    }
    subscribing--;
    if (failure != null) {
      parts.condition.note("the broker does not let this node listen to some of " + asked);
      LOG.warn("The broker does not let this node listen to some of {}", asked);
    }
    if (!end.isEmpty()) {
      now.link.unsubscribe(end);
    }
    send();
  }

  /** Nothing is said before the broker knows to whom: who subscribed first hears it. */
  private void send() {
    if (up && subscribing == 0 && asking.get() == 0) {
      departures.send();
    }
  }

  /** Says goodbye, so that nobody takes it for broken; does not wait long for that. */
  @Override
  public void close() {
    CompletableFuture<Object> goodbye = new CompletableFuture<>();
    worker.run(
        () -> {
          send();
          closing = true;
          if (up) {
            BrokerLink link = attempt.link;
            link.publish(parts.offline)
                .thenCompose(done -> link.disconnect())
                .whenComplete((done, failure) -> goodbye.complete(true));
          } else {
            goodbye.complete(false);
          }
        });
    goodbye.completeOnTimeout(false, GOODBYE_SECONDS, TimeUnit.SECONDS).join();
    worker.run(departures::letGo);
    worker.close();
  }
}
