package io.smollama.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which extensions a node uses, and the settings of each. Immutable.
 *
 * @param sections by name, in the order of the file; each becomes the record that its extension
 *     asks for
 */
record ExtensionsConfig(Map<String, Setting> sections) {
  static final String KEY = "extensions";

  ExtensionsConfig {
    sections = new LinkedHashMap<>(sections);
  }

  static ExtensionsConfig none() {
    return new ExtensionsConfig(Map.of());
  }

  /** An extension without settings may stand alone: {@code house:}. */
  static ExtensionsConfig of(Setting setting) {
    if (!setting.isSection()) {
      throw SettingValue.wrong(KEY, setting, "a section, with a section for each extension");
    }
    Map<String, Setting> sections = new LinkedHashMap<>();
    setting
        .entries()
        .forEach(
            (name, one) -> {
              boolean empty = one.isText() && one.text().isBlank();
              if (!one.isSection() && !empty) {
                throw SettingValue.wrong(KEY + "." + name, one, "a section");
              }
              sections.put(name, empty ? Setting.section(one.place()) : one);
            });
    return new ExtensionsConfig(sections);
  }
}
