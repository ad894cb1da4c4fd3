package io.smollama.readings;

import io.smollama.core.ReadingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A board whose pins a test can take away. It is not simulated, as far as anybody can tell. */
final class FakeBoard implements PinBoard {
  final Map<Integer, Boolean> high = new HashMap<>();
  final Map<Integer, Consumer<Edge>> listeners = new HashMap<>();
  final Map<Integer, ReadingException> refused = new HashMap<>();
  final List<String> calls = new ArrayList<>();

  void refuse(int pin, String why, boolean retryable) {
    refused.put(pin, new ReadingException("gpio:" + pin, why, retryable));
  }

  void edge(int pin, boolean level, long nanos) {
    high.put(pin, level);
    if (listeners.containsKey(pin)) {
      listeners.get(pin).accept(new Edge(pin, level, nanos));
    }
  }

  @Override
  public String says() {
    return "fakechip0";
  }

  @Override
  public void openInput(int pin, Pull pull, Optional<Consumer<Edge>> edges) {
    check(pin);
    calls.add("input " + pin + (edges.isPresent() ? " with edges" : ""));
    edges.ifPresentOrElse(listener -> listeners.put(pin, listener), () -> listeners.remove(pin));
  }

  @Override
  public void openOutput(int pin, Optional<Boolean> level) {
    check(pin);
    calls.add("output " + pin + level.map(on -> on ? " high" : " low").orElse(" as it is"));
    level.ifPresent(on -> high.put(pin, on));
  }

  @Override
  public void set(int pin, boolean level) {
    check(pin);
    high.put(pin, level);
  }

  @Override
  public boolean isHigh(int pin) {
    check(pin);
    return high.getOrDefault(pin, false);
  }

  private void check(int pin) {
    if (refused.containsKey(pin)) {
      throw refused.get(pin);
    }
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
