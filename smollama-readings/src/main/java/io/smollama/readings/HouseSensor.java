package io.smollama.readings;

import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.util.ArrayList;
import java.util.List;

/**
 * A sensor of the simulated house. Immutable.
 *
 * @param room where it hangs; empty for the house as a whole
 * @param quantity what it measures
 * @param unit in which unit
 * @param steps how many values it can tell apart in one unit
 * @param noise by how much its values scatter
 */
record HouseSensor(String room, String quantity, String unit, double steps, double noise) {
  static final List<HouseSensor> ALL = all();

  private static List<HouseSensor> all() {
    List<HouseSensor> all = new ArrayList<>();
    all.add(new HouseSensor("outside", "temperature", Units.CELSIUS, 10, 0.05));
    all.add(new HouseSensor("outside", "humidity", Units.PERCENT, 1, 0.3));
    all.add(new HouseSensor("outside", "pressure", "hectopascal", 10, 0.05));
    all.add(new HouseSensor("outside", "light", "lux", 1, 0));
    for (HouseRoom room : HouseRoom.values()) {
      all.add(new HouseSensor(room.id(), "temperature", Units.CELSIUS, 10, 0.04));
      all.add(new HouseSensor(room.id(), "humidity", Units.PERCENT, 1, 0.3));
      if (room.isLivedIn()) {
        all.add(new HouseSensor(room.id(), "motion", Units.BOOLEAN, 1, 0));
        all.add(new HouseSensor(room.id(), "light", "lux", 1, 0.5));
      }
    }
    all.add(new HouseSensor("bedroom", "co2", "ppm", 1, 4));
    all.add(new HouseSensor("front", "door", Units.BOOLEAN, 1, 0));
    all.add(new HouseSensor("whole", "power", "watt", 1, 1.5));
    return List.copyOf(all);
  }

  /** Its name without the type: {@code attic/temperature}. */
  String name() {
    return room + "/" + quantity;
  }

  SourceId id() {
    return new SourceId(SimulatedHouse.TYPE, name());
  }

  Source source() {
    return new Source(id(), room.replace('_', ' ') + " " + quantity, unit);
  }

  boolean isFlag() {
    return unit.equals(Units.BOOLEAN);
  }

  static HouseSensor named(String name) {
    return ALL.stream()
        .filter(sensor -> sensor.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The simulated house has no sensor '%s'; it has %s"
                        .formatted(
                            name,
                            String.join(", ", ALL.stream().map(HouseSensor::name).toList()))));
  }
}
