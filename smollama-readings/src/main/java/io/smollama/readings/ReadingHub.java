package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All providers of a node in one place, each kept from harming the others.
 *
 * <p>Providers come and go while the hub runs, one per type. Each has a thread of its own, which
 * alone ever calls it. All are read in parallel, and no call takes longer than one deadline: a
 * provider that fails or hangs is left out, its state says why and since when, and it is tried
 * again after a while that doubles with each failure. What hangs gets no further work.
 *
 * <p>What {@linkplain io.smollama.core.LiveReadingProvider live} providers tell by themselves goes
 * to those who {@link #listen}.
 *
 * <p>A source of a type that is not registered has no reading. {@link #read} of a source that
 * cannot be read now is a {@link ReadingException}; it tries even a provider that passes leave
 * alone at present. After {@link #close} the hub is empty. Thread-safe.
 */
public final class ReadingHub implements AutoCloseable {
  private final HubConfig config;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Conditioning conditioning;
  private final CopyOnWriteArrayList<ProviderLane> lanes = new CopyOnWriteArrayList<>();
  private final List<Subscription> listeners = new CopyOnWriteArrayList<>();
  private boolean closed;

  /**
   * An empty hub.
   *
   * @param clock tells since when a provider fails
   * @param nanos a clock that never goes back, {@code System::nanoTime}
   */
  public ReadingHub(HubConfig config, InstantSource clock, LongSupplier nanos) {
    this(config, clock, nanos, Conditioning.none());
  }

  /**
   * An empty hub that sets numbers right.
   *
   * @param conditioning what every reading passes before anybody gets it
   */
  public ReadingHub(
      HubConfig config, InstantSource clock, LongSupplier nanos, Conditioning conditioning) {
    this.config = config;
    this.clock = clock;
    this.nanos = nanos;
    this.conditioning = conditioning;
  }

  /**
   * Adds a provider, which the hub closes from now on.
   *
   * @throws IllegalArgumentException if there is one of this type; the new one stays the caller's
   * @throws IllegalStateException if the hub is closed
   */
  public void register(ReadingProvider provider) {
    ProviderLane lane = add(provider);
    CompletableFuture<List<Source>> known = lane.begin(told -> tell(lane, told));
    if (!await(known)) {
      lane.giveUp(known);
    }
  }

  private synchronized ProviderLane add(ReadingProvider provider) {
    String type = provider.type();
    if (closed) {
      throw new IllegalStateException("The hub is closed; cannot register '%s'".formatted(type));
    }
    if (type.equals(SourceId.NODE)) {
      throw new IllegalArgumentException(
          "The type '%s' is that of what other nodes share; give the provider another"
              .formatted(type));
    }
    if (lane(type).isPresent()) {
      throw new IllegalArgumentException(
          "There is a provider of type '%s' already".formatted(type));
    }
    ProviderHealth health = new ProviderHealth(type, config, clock, nanos);
    ProviderLane lane =
        new ProviderLane(
            type,
            config.deadline(),
            health,
            new ProviderThread(type, provider, health),
            conditioning);
    lanes.add(lane);
    return lane;
  }

  /** Gives what providers tell by themselves to a listener, until the subscription is closed. */
  public Subscription listen(Consumer<List<Reading>> listener) {
    Subscription subscription = new Subscription(listener, listeners::remove);
    listeners.add(subscription);
    return subscription;
  }

  /** A provider that was taken away is not heard any more. */
  private void tell(ProviderLane lane, List<Reading> told) {
    if (lanes.contains(lane) && !told.isEmpty()) {
      List<Reading> right = conditioning.of(told);
      listeners.forEach(listener -> listener.deliver(right));
    }
  }

  /** Takes a provider away and closes it; an unknown type is no harm. */
  public void unregister(String type) {
    Optional<ProviderLane> lane = lane(type).filter(lanes::remove);
    lane.ifPresent(found -> await(found.close()));
  }

  /** The sources of all providers, by order of registration, as of each one's last answer. */
  public List<Source> sources() {
    return lanes.stream().flatMap(lane -> lane.sources().stream()).toList();
  }

  /**
   * The present value of one source; empty if there is no such source or it has no value.
   *
   * @throws ReadingException if it cannot be read now
   */
  public Optional<Reading> read(SourceId source) {
    return lane(source.type()).flatMap(lane -> lane.read(source));
  }

  /** The present values of all sources that answer in time, by order of registration. */
  public List<Reading> readAll() {
    return readAll(source -> true);
  }

  /**
   * The present values of some sources, as far as they answer in time, by order of registration. A
   * source that its provider has not told of yet is not asked for.
   */
  public List<Reading> readAll(Predicate<SourceId> wanted) {
    Map<ProviderLane, CompletableFuture<List<Reading>>> passes = new LinkedHashMap<>();
    lanes.forEach(lane -> lane.startPass(wanted).ifPresent(pass -> passes.put(lane, pass)));
    if (!await(passes.values().toArray(CompletableFuture[]::new))) {
      passes.forEach(ProviderLane::giveUp);
    }
    return passes.values().stream()
        .filter(pass -> pass.isDone() && !pass.isCompletedExceptionally())
        .flatMap(pass -> pass.join().stream())
        .toList();
  }

  /** How each provider is doing, by order of registration. */
  public List<ProviderState> states() {
    return lanes.stream().map(ProviderLane::state).toList();
  }

  /**
   * Interrupts what is being read and closes all providers, each on its own thread. One that
   * ignores the interrupt keeps its daemon thread, and is closed should it ever come back.
   */
  @Override
  public void close() {
    List<ProviderLane> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(lanes);
      lanes.clear();
    }
    await(open.stream().map(ProviderLane::close).toArray(CompletableFuture[]::new));
  }

  private Optional<ProviderLane> lane(String type) {
    return lanes.stream().filter(lane -> lane.type().equals(type)).findFirst();
  }

  /** Waits until all are done, well or not; false if the deadline came first. */
  private boolean await(CompletableFuture<?>... all) {
    try {
      CompletableFuture.allOf(all).get(config.deadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      return true; // which of them failed is for the caller to see
    } catch (TimeoutException e) {
      return false;
    }
    return true;
  }
}
