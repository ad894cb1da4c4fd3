package io.smollama.devices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chip whose driver is in the kernel, by its hwmon files: {@code temp1_input} and so on. The only
 * one of its kind needs no number. A channel that gives nothing is left out as long as another
 * gives something. One thread at a time.
 */
final class HwmonSensor implements Sensor {
  private static final String INPUT = "_input";

  private final KernelFolder place;

  HwmonSensor(KernelFolder place) {
    this.place = place;
  }

  @Override
  public List<Quantity> quantities() {
    return List.of();
  }

  @Override
  public List<Measured> measure() {
    KernelNumbers files = place.find();
    List<Measured> all = new ArrayList<>();
    Optional<IOException> failure = Optional.empty();
    try {
      List<String> names = files.names();
      List<String> channels =
          names.stream()
              .filter(name -> name.matches("[a-z]+\\d+" + INPUT))
              .map(name -> name.substring(0, name.length() - INPUT.length()))
              .toList();
      for (String channel : channels) {
        try {
          measure(files, channel, channels).ifPresent(all::add);
        } catch (IOException e) {
          failure = Optional.of(e);
        }
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    if (all.isEmpty()) {
      throw failure
          .map(cause -> KernelFolder.explain(new UncheckedIOException(cause)))
          .orElseGet(() -> DeviceFault.lasting("measures nothing that is known here", ""));
    }
    return all;
  }

  private static Optional<Measured> measure(
      KernelNumbers files, String channel, List<String> channels) throws IOException {
    Optional<KernelQuantity> known = KernelQuantity.of(KernelQuantity.HWMON, channel);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    KernelQuantity quantity = known.get();
    boolean only = channels.stream().filter(one -> one.startsWith(quantity.prefix())).count() == 1;
    String name = only ? quantity.name() : quantity.named(channel);
    Measured measured =
        Measured.of(name, quantity.value(files.number(channel + INPUT)), quantity.unit());
    boolean fault =
        files.has(channel + "_fault") && !files.number(channel + "_fault").equals(BigDecimal.ZERO);
    return Optional.of(
        fault ? measured.doubted("the kernel says its sensor is at fault") : measured);
  }

  @Override
  public DeviceFault explain(Throwable failure) {
    return KernelFolder.explain(failure);
  }

  @Override
  public void close() {}
}
