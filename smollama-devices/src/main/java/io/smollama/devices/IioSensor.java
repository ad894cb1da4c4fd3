package io.smollama.devices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chip whose driver is in the kernel, by its Industrial I/O files: one that has the value as it
 * is, {@code in_temp_input}, or one of which it is made, {@code (raw + offset) * scale}. A channel
 * that gives nothing is left out as long as another gives something. One thread at a time.
 */
final class IioSensor implements Sensor {
  private final KernelFolder place;

  IioSensor(KernelFolder place) {
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
      for (String name : names) {
        Optional<String> channel = channel(name, names);
        Optional<KernelQuantity> quantity =
            channel.flatMap(known -> KernelQuantity.of(KernelQuantity.IIO, known));
        if (quantity.isPresent()) {
          try {
            double value = quantity.get().value(number(files, channel.get(), quantity.get()));
            all.add(Measured.of(quantity.get().named(channel.get()), value, quantity.get().unit()));
          } catch (IOException e) {
            failure = Optional.of(e);
          }
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

  /**
   * Of {@code in_temp_input} and {@code in_temp_raw} alike {@code temp}; the former comes first.
   */
  private static Optional<String> channel(String file, List<String> all) {
    boolean asItIs = file.endsWith("_input");
    if (!file.startsWith("in_") || !(asItIs || file.endsWith("_raw"))) {
      return Optional.empty();
    }
    String channel = file.substring("in_".length(), file.lastIndexOf('_'));
    return asItIs || !all.contains("in_" + channel + "_input")
        ? Optional.of(channel)
        : Optional.empty();
  }

  private static BigDecimal number(KernelNumbers files, String channel, KernelQuantity quantity)
      throws IOException {
    if (files.has("in_" + channel + "_input")) {
      return files.number("in_" + channel + "_input");
    }
    BigDecimal raw = files.number("in_" + channel + "_raw");
    BigDecimal offset = part(files, channel, quantity, "offset", BigDecimal.ZERO);
    return raw.add(offset).multiply(part(files, channel, quantity, "scale", BigDecimal.ONE));
  }

  /** Of the channel, or of all channels of its kind. */
  private static BigDecimal part(
      KernelNumbers files, String channel, KernelQuantity quantity, String part, BigDecimal usual)
      throws IOException {
    for (String owner : List.of(channel, quantity.prefix())) {
      String name = "in_%s_%s".formatted(owner, part);
      if (files.has(name)) {
        return files.number(name);
      }
    }
    return usual;
  }

  @Override
  public DeviceFault explain(Throwable failure) {
    return KernelFolder.explain(failure);
  }

  @Override
  public void close() {}
}
