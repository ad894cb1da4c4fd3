package io.smollama.devices;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The section {@code devices} of the configuration: what is wired to the board, a list. Immutable.
 *
 * @param devices each with a name and a place of its own
 */
public record DevicesConfig(List<DeviceConfig> devices) {
  public DevicesConfig {
    devices = List.copyOf(devices);
    Set<String> names = new HashSet<>();
    Map<String, String> places = new HashMap<>();
    for (DeviceConfig device : devices) {
      if (!names.add(device.name())) {
        throw new IllegalArgumentException("Two devices are named '%s'".formatted(device.name()));
      }
      for (String place : device.occupies()) {
        String other = places.put(place, device.name());
        if (other != null) {
          throw new IllegalArgumentException(
              "Devices '%s' and '%s' are both at %s".formatted(other, device.name(), place));
        }
      }
    }
  }

  /** None. */
  public static DevicesConfig defaults() {
    return new DevicesConfig(List.of());
  }
}
