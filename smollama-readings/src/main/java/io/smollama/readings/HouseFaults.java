package io.smollama.readings;

import io.smollama.readings.HouseFault.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What is wrong with the sensors of the simulated house at a time: what was configured, and what
 * chance brings. Times are seconds of the house's clock. One thread at a time.
 */
final class HouseFaults {
  private static final long DAY = 86_400;
  private static final int LONGEST_DAYS = 6;

  private final long opened;
  private final HouseConfig config;
  private final SmoothNoise chance;
  private final Map<Running, Double> stuck = new HashMap<>();
  private final Set<Running> spiked = new HashSet<>();
  private long lastDay = Long.MIN_VALUE;
  private List<Running> lastWeek = List.of();

  HouseFaults(HouseConfig config, long opened) {
    this.config = config;
    this.opened = opened;
    this.chance = new SmoothNoise(config.seed()).of("faults");
  }

  /** A fault from one second to another. */
  private record Running(String source, Kind kind, long from, long to, double size) {}

  /** What a sensor says in place of a value; empty if it says nothing. */
  Optional<Double> spoilt(HouseSensor sensor, double value, long second) {
    Optional<Double> said = Optional.of(value);
    for (Running fault : running(sensor, second)) {
      said = said.flatMap(was -> spoilt(fault, was, second));
    }
    return said;
  }

  private Optional<Double> spoilt(Running fault, double value, long second) {
    return switch (fault.kind()) {
      case DROPOUT -> Optional.empty();
      case STUCK -> Optional.of(stuck.computeIfAbsent(fault, begins -> value));
      case SPIKE -> Optional.of(spiked.add(fault) ? value + fault.size() : value);
      case DRIFT -> Optional.of(value + fault.size() * (second - fault.from()) / DAY);
    };
  }

  private List<Running> running(HouseSensor sensor, long second) {
    Stream<Running> configured =
        config.faults().stream()
            .map(
                fault -> {
                  long from = opened + fault.after().toSeconds();
                  return running(fault, from);
                });
    Stream<Running> byChance = byChance(Math.floorDiv(second, DAY)).stream();
    return Stream.concat(configured, byChance)
        .filter(fault -> fault.source().equals(sensor.name()))
        .filter(fault -> second >= fault.from() && second < fault.to())
        .toList();
  }

  /** Those that chance began in the last week; the same for a whole day. */
  private List<Running> byChance(long day) {
    if (day != lastDay) {
      lastDay = day;
      lastWeek =
          LongStream.rangeClosed(day - LONGEST_DAYS, day)
              .mapToObj(this::begunOn)
              .flatMap(Optional::stream)
              .toList();
    }
    return lastWeek;
  }

  private static Running running(HouseFault fault, long from) {
    long length = fault.kind() == Kind.SPIKE ? DAY : fault.length().toSeconds();
    return new Running(fault.source(), fault.kind(), from, from + length, fault.size());
  }

  /** The fault that begins on a day, if one does. */
  private Optional<Running> begunOn(long day) {
    if (chance.of("whether").even(day) >= config.faultsPerWeek() / 7) {
      return Optional.empty();
    }
    List<HouseSensor> measuring =
        HouseSensor.ALL.stream().filter(sensor -> !sensor.isFlag()).toList();
    HouseSensor sensor = measuring.get((int) (chance.of("which").even(day) * measuring.size()));
    Kind kind = Kind.values()[(int) (chance.of("what").even(day) * Kind.values().length)];
    long from = day * DAY + (long) (chance.of("when").even(day) * DAY);
    double hours = kind == Kind.DRIFT ? 24 + 96 * length(day) : 2 + 22 * length(day);
    long to = from + (kind == Kind.SPIKE ? DAY : (long) (hours * 3600));
    return Optional.of(new Running(sensor.name(), kind, from, to, size(sensor)));
  }

  private double length(long day) {
    return chance.of("length").even(day);
  }

  private static double size(HouseSensor sensor) {
    return switch (sensor.quantity()) {
      case "temperature" -> 15;
      case "humidity", "pressure" -> 40;
      default -> 5_000;
    };
  }
}
