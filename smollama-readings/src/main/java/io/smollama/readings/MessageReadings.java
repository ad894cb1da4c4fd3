package io.smollama.readings;

import io.smollama.core.LiveReadingProvider;
import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.Reading;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.TopicFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings that come by messages. Each is told at once, with the time that it bears; a read gives
 * what a source said last, with that same time.
 *
 * <p>A source that was silent for long is stale: its last value is read with {@code stale} in the
 * metadata; it was right when it was measured, so that its quality stays. One whose node or device
 * said {@code offline} has no reading until it is heard of again, though it is still listed. {@link
 * #states} tells which is which. What cannot be taken is counted, see {@link #says}, and never
 * thrown.
 *
 * <p>There is room for 2,000 sources, and for 500 of each node or configured value. Last values are
 * kept in a file, written by a read, at most once a minute and of many sources less often, and by
 * the close. Thread-safe.
 */
public final class MessageReadings implements LiveReadingProvider {
  private static final Logger log = LoggerFactory.getLogger(MessageReadings.class);
  private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);

  /** The file is written whole, and a card must last. */
  private static final Duration BETWEEN_WRITES_PER_SOURCE = Duration.ofMillis(600);

  private final String type;
  private final List<MessageReader> readers;
  private final HeardFile file;
  private final InstantSource clock;
  private final HeardSources sources = new HeardSources();
  private final FaultCounts faults = new FaultCounts();
  private final List<MessageBus.Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private volatile Consumer<List<Reading>> listener = told -> {};
  private volatile boolean closed;
  private Instant written;

  private MessageReadings(
      String type, List<MessageReader> readers, Path file, InstantSource clock) {
    this.type = type;
    this.readers = List.copyOf(readers);
    this.file = new HeardFile(file);
    this.clock = clock;
    this.written = clock.instant();
  }

  /**
   * The provider of type {@code edge}: what edge nodes publish under {@code PREFIX/NODE/readings},
   * with what the file has of it. A source is called {@code edge:NODE/SOURCE}.
   *
   * @param prefix what the topics begin with
   * @param own the name of this node
   * @param zone of times that are told without an offset
   */
  public static MessageReadings ofNodes(
      String prefix, String own, Duration oldest, Path file, InstantSource clock, ZoneId zone) {
    ToldTime.Bounds bounds = new ToldTime.Bounds(zone, oldest);
    MessageReader reader = new EdgeReader(prefix, own, bounds);
    return new MessageReadings(EdgeReader.TYPE, List.of(reader), file, clock).restored();
  }

  /** The provider of type {@code mqtt}: what messages of the configured topics tell. */
  public static MessageReadings ofTopics(
      List<TopicReading> topics, Duration oldest, Path file, InstantSource clock, ZoneId zone) {
    List<MessageReader> readers = TopicReader.all(topics, new ToldTime.Bounds(zone, oldest));
    return new MessageReadings(TopicReader.TYPE, readers, file, clock).restored();
  }

  private MessageReadings restored() {
    for (HeardLine line : file.read()) {
      readers.stream()
          .filter(reader -> reader.knows(line.origin()))
          .findFirst()
          .flatMap(reader -> line.source(reader.staleAfter(line.origin())))
          .filter(source -> source.id().type().equals(type))
          .ifPresent(sources::restore);
    }
    return this;
  }

  /** Begins to listen to messages. To be called once. */
  public void start(MessageBus bus) {
    // Who is there comes first, so that what the broker kept of those who are not is not told.
    for (MessageReader reader : readers) {
      for (TopicFilter filter : reader.presences()) {
        subscriptions.add(bus.subscribe(filter, message -> present(reader, message)));
      }
    }
    for (MessageReader reader : readers) {
      subscriptions.add(bus.subscribe(reader.readings(), message -> take(reader, message)));
    }
  }

  private void take(MessageReader reader, Message message) {
    Instant now = clock.instant();
    List<Reading> told = new ArrayList<>();
    for (Heard heard : reader.read(message, now, faults::add)) {
      try {
        sources.take(heard, now).ifPresent(told::add);
      } catch (UnusableMessageException e) {
        faults.add(e.fault());
      }
    }
    tell(told);
  }

  private void present(MessageReader reader, Message message) {
    Presence.in(message)
        .ifPresent(
            there ->
                reader.device(message.topic()).ifPresent(device -> sources.present(device, there)));
  }

  private void tell(List<Reading> told) {
    if (closed || told.isEmpty()) {
      return;
    }
    try {
      listener.accept(List.copyOf(told));
    } catch (RuntimeException e) {
      log.debug("Whoever listens to the provider {} failed", type, e); // its own affair
    }
  }

  @Override
  public void listen(Consumer<List<Reading>> whoIsTold) {
    listener = whoIsTold;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<Source> sources() {
    return sources.list();
  }

  @Override
  public Optional<Reading> read(SourceId source) {
    return sources.read(source, clock.instant());
  }

  @Override
  public List<Reading> readAll() {
    Instant now = clock.instant();
    Duration since = Duration.between(written, now).abs();
    Duration pause = BETWEEN_WRITES_PER_SOURCE.multipliedBy(sources.size());
    if (since.compareTo(BETWEEN_WRITES) >= 0 && since.compareTo(pause) >= 0) {
      keep(now);
    }
    return sources.readAll(now);
  }

  private void keep(Instant now) {
    written = now;
    sources
        .changes()
        .filter(lines -> !file.write(lines))
        .ifPresent(lines -> sources.stillChanged());
  }

  /** How each source is, in the order in which they were first heard of. */
  public List<HeardState> states() {
    return sources.states(clock.instant());
  }

  /** What messages were not taken, in one line for people; empty if all were. */
  public String says() {
    return faults.says();
  }

  /** Listens and tells no more, and keeps the last values. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      subscriptions.forEach(MessageBus.Subscription::close);
      keep(clock.instant());
    }
  }
}
