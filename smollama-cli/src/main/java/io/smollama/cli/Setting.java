package io.smollama.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One value of the configuration with the place where it was set, so that whatever is wrong with it
 * can be named: a text, a list or a section of further settings. One thread at a time.
 */
final class Setting {
  private final String place;
  private final @Nullable String text;
  private final @Nullable List<Setting> items;
  private final @Nullable Map<String, Setting> entries;

  private Setting(
      String place,
      @Nullable String text,
      @Nullable List<Setting> items,
      @Nullable Map<String, Setting> entries) {
    this.place = place;
    this.text = text;
    this.items = items;
    this.entries = entries;
  }

  static Setting text(String place, String text) {
    return new Setting(place, text, null, null);
  }

  static Setting list(String place, List<Setting> items) {
    return new Setting(place, null, List.copyOf(items), null);
  }

  static Setting section(String place) {
    return new Setting(place, null, null, new LinkedHashMap<>());
  }

  /** Where it was set: {@code config.yaml line 7}, {@code environment variable X}. */
  String place() {
    return place;
  }

  boolean isText() {
    return text != null;
  }

  boolean isList() {
    return items != null;
  }

  boolean isSection() {
    return entries != null;
  }

  /** What kind of value it is, in words. */
  String kind() {
    return isText() ? "'" + text + "'" : isList() ? "a list" : "a section";
  }

  String text() {
    return Objects.requireNonNull(text);
  }

  List<Setting> items() {
    return Objects.requireNonNull(items);
  }

  /** The settings of a section, in the order of the file; changes go through. */
  Map<String, Setting> entries() {
    return Objects.requireNonNull(entries);
  }

  /** Lays another section over this one: its texts and lists replace, its sections merge. */
  void overlay(Setting other) {
    other
        .entries()
        .forEach(
            (key, value) -> {
              Setting mine = entries().get(key);
              if (mine != null && mine.isSection() && value.isSection()) {
                mine.overlay(value);
              } else {
                entries().put(key, value);
              }
            });
  }

  /** Sets a value deep inside, making sections on the way. */
  void put(List<String> path, Setting value) {
    Setting section = this;
    for (String key : path.subList(0, path.size() - 1)) {
      Setting next = section.entries().get(key);
      if (next == null || !next.isSection()) {
        next = section(value.place());
        section.entries().put(key, next);
      }
      section = next;
    }
    section.entries().put(path.get(path.size() - 1), value);
  }

  /** A value deep inside; null if there is none. */
  @Nullable Setting at(String... path) {
    Setting found = this;
    for (String key : path) {
      if (found == null || !found.isSection()) {
        return null;
      }
      found = found.entries().get(key);
    }
    return found;
  }

  /** Every path to a text or a list below this section. */
  List<String> leaves() {
    List<String> found = new ArrayList<>();
    entries()
        .forEach(
            (key, value) -> {
              if (value.isSection() && !value.entries().isEmpty()) {
                value.leaves().forEach(below -> found.add(key + "." + below));
              } else {
                found.add(key);
              }
            });
    return found;
  }
}
