package io.smollama.readings;

import java.util.List;

/**
 * A simulated house. Immutable.
 *
 * @param seed which house it is: its weather, its people, its faults
 * @param speed how much faster its time runs, from 1 to 10,000; readings have the real time
 * @param faults what is wrong, and when
 * @param faultsPerWeek how often chance adds another fault, 0 to 100; in time of the house
 */
public record HouseConfig(int seed, double speed, List<HouseFault> faults, double faultsPerWeek) {

  public HouseConfig {
    faults = List.copyOf(faults);
    if (!(speed >= 1 && speed <= 10_000)) {
      throw new IllegalArgumentException("The speed is 1 to 10000, was " + speed);
    }
    if (!(faultsPerWeek >= 0 && faultsPerWeek <= 100)) {
      throw new IllegalArgumentException("faults_per_week is 0 to 100, was " + faultsPerWeek);
    }
    for (HouseFault fault : faults) {
      HouseSensor.named(fault.source());
    }
  }

  /** In real time, and nothing is wrong. */
  public static HouseConfig defaults() {
    return new HouseConfig(1, 1, List.of(), 0);
  }
}
