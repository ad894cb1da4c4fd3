package io.smollama.readings;

import io.smollama.core.ReadingException;
import io.smollama.core.SmollamaException;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pin that the board gives, or does not give at present: then it is tried again after a while.
 * What cannot be done is a {@link ReadingException}. One thread at a time, besides edges.
 */
final class HeldPin {
  private static final Logger LOG = LoggerFactory.getLogger(HeldPin.class);
  private static final long AGAIN_AFTER = Duration.ofSeconds(10).toNanos();

  private final PinBoard board;
  private final GpioPin pin;
  private final SourceId id;
  private final InputFilter filter;
  private final LongSupplier nanos;
  private final Runnable onEdge;
  private boolean listens;
  private boolean hears;
  private boolean begun;
  private boolean held;
  private Optional<ReadingException> failure = Optional.empty();
  private long againAt;

  HeldPin(PinBoard board, GpioPin pin, LongSupplier nanos, Runnable onEdge) {
    this.board = board;
    this.pin = pin;
    this.id = new SourceId(GpioReadings.TYPE, Integer.toString(pin.pin()));
    this.filter = new InputFilter(pin.steadyFor());
    this.nanos = nanos;
    this.onEdge = onEdge;
  }

  GpioPin pin() {
    return pin;
  }

  SourceId id() {
    return id;
  }

  boolean isInput() {
    return pin.mode() == PinMode.INPUT;
  }

  boolean isHeld() {
    return held;
  }

  /** Why it cannot be had; empty if it can, or was not tried. */
  Optional<ReadingException> failure() {
    return failure;
  }

  /** Why what it says is not to be trusted; empty if it is. */
  String doubt() {
    return filter.doubt();
  }

  /** From now on an input is listened to. */
  void listen() {
    listens = true;
    held &= !isInput();
  }

  /** Takes it if it is not held. */
  void hold() {
    if (!held) {
      long now = nanos.getAsLong();
      if (failure.filter(f -> !f.isRetryable() || now - againAt < 0).isPresent()) {
        throw failure.get();
      }
      attempt(this::open);
      held = true;
      failure = Optional.empty();
    }
  }

  private void open() {
    if (isInput()) {
      openInput();
      if (!begun) {
        filter.begin(pin.on(board.isHigh(pin.pin())), nanos.getAsLong());
        begun = true;
      }
    } else {
      OutputRules.Level initial = pin.output().initial();
      Optional<Boolean> on = Optional.of(initial == OutputRules.Level.HIGH);
      board.openOutput(pin.pin(), on.filter(any -> initial != OutputRules.Level.KEEP).map(pin::on));
    }
  }

  private void openInput() {
    Consumer<Edge> heard =
        edge -> {
          filter.edge(pin.on(edge.high()), edge.nanos(), nanos.getAsLong());
          onEdge.run();
        };
    hears = listens && !filter.isDeaf();
    board.openInput(pin.pin(), pin.pull(), hears ? Optional.of(heard) : Optional.empty());
  }

  /** Whether it is on at this moment, by its level. */
  boolean isOn() {
    hold();
    boolean[] high = new boolean[1];
    attempt(() -> high[0] = board.isHigh(pin.pin()));
    return pin.on(high[0]);
  }

  /** Whether an input is on that is looked at, without what was not steady yet. */
  boolean isSteadilyOn() {
    hold();
    return filter.read(nanos.getAsLong());
  }

  void set(boolean on) {
    hold();
    attempt(() -> board.set(pin.pin(), pin.on(on)));
  }

  /** When it is to be looked at. */
  long due() {
    return held ? filter.due() : failure.isEmpty() ? nanos.getAsLong() : againAt;
  }

  /** Looks at an input, and listens to it as it needs it. */
  List<InputChange> look() {
    boolean on = isOn();
    List<InputChange> changes = filter.look(on, nanos.getAsLong());
    changes.stream()
        .filter(change -> !change.doubt().isEmpty())
        .forEach(change -> LOG.warn("{} ({}) is restless: {}", id, pin.name(), change.doubt()));
    if (filter.isDeaf() == hears || filter.takeSuspicion()) {
      attempt(this::openInput);
    }
    return changes;
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (SmollamaException e) {
      held = false;
      againAt = nanos.getAsLong() + AGAIN_AFTER;
      String message = e.getMessage().substring(e.culprit().length() + 2);
      ReadingException said = new ReadingException(e.culprit(), message, e.isRetryable(), e);
      boolean news = failure.filter(last -> last.getMessage().equals(said.getMessage())).isEmpty();
      if (news && e.culprit().equals(id.toString())) { // of a whole board its reader is told
        LOG.warn("{} ({}): {}", id, pin.name(), message);
      }
      failure = Optional.of(said);
      throw said;
    }
  }
}
