package io.smollama.cli;

import java.util.List;
import java.util.Set;

/**
 * Smollama for Python writes its pins in one of two places, {@code gpio.pins} or {@code
 * plugins.builtin.gpio.config.pins}, and names the built-in parts it knows. Both mean the same
 * here.
 */
final class PythonForm {
  private static final Set<String> BUILT_IN =
      Set.of(
          "gpio",
          "system",
          "led",
          "dht11",
          "hcsr04",
          "sh5461as",
          "s5161as",
          "lcd1602",
          "jetson_inference",
          "macos_temp");

  private PythonForm() {}

  static void unify(Setting root) {
    Setting builtIn = root.at("plugins", "builtin");
    if (builtIn == null) {
      return;
    }
    if (!builtIn.isSection()) {
      throw SettingValue.wrong("plugins.builtin", builtIn, "a section");
    }
    builtIn
        .entries()
        .forEach(
            (name, plugin) -> {
              if (!BUILT_IN.contains(name)) {
                throw RecordBinder.unknownKey(
                    "plugins.builtin", name, plugin, List.copyOf(BUILT_IN));
              }
            });
    Setting gpio = root.at("plugins", "builtin", "gpio", "config");
    if (gpio != null && gpio.isSection() && root.at("gpio", "pins") == null) {
      for (String key : List.of("mock", "pins")) {
        Setting value = gpio.entries().get(key);
        if (value != null && root.at("gpio", key) == null) {
          root.put(List.of("gpio", key), value);
        }
      }
    }
  }
}
