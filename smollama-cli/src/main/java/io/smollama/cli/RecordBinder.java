package io.smollama.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a section. A component {@code publishPrefix} is the key {@code publish_prefix};
 * a component of type {@link Duration} is also written with its unit in the key, {@code
 * interval_minutes: 15}. What the section does not name keeps its default. What the record refuses
 * is reported with the place of the section.
 */
final class RecordBinder {
  private static final Map<String, Duration> UNITS =
      Map.of(
          "_seconds", Duration.ofSeconds(1),
          "_minutes", Duration.ofMinutes(1),
          "_hours", Duration.ofHours(1),
          "_days", Duration.ofDays(1));

  private RecordBinder() {}

  /** A record of the section's settings over the defaults; null for a record that has none. */
  static <R extends Record> R bind(
      String path, Setting written, Class<R> type, @Nullable R defaults) {
    Setting section = asSection(written, type);
    if (!section.isSection()) {
      throw SettingValue.wrong(path, section, RecordShape.isAList(type) ? "a list" : "a section");
    }
    Map<String, Setting> left = new LinkedHashMap<>(section.entries());
    List<String> known = keys(type);
    left.forEach(
        (key, setting) -> {
          if (!known.contains(key)) {
            throw unknownKey(path, key, setting, known);
          }
        });
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = value(path, section, components[i], left, defaults);
    }
    return make(section, type, values);
  }

  /** A record that is nothing but a list may be written as that list. */
  private static Setting asSection(Setting written, Class<? extends Record> type) {
    if (!written.isList() || !RecordShape.isAList(type)) {
      return written;
    }
    Setting section = Setting.section(written.place());
    section.entries().put(RecordShape.snake(type.getRecordComponents()[0].getName()), written);
    return section;
  }

  /** A record of a section that nobody has given defaults for, besides the record itself. */
  static <R extends Record> R bindNew(String path, Setting section, Class<R> type) {
    return bind(path, section, type, RecordShape.ofAnItem(type));
  }

  /** The keys that a record reads. */
  static List<String> keys(Class<? extends Record> type) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = RecordShape.snake(component.getName());
      keys.add(key);
      if (component.getType() == Duration.class) {
        UNITS.keySet().stream().sorted().forEach(unit -> keys.add(key + unit));
      }
    }
    return keys;
  }

  /** The paths of all settings of a record, those of the sections in it too. */
  static List<String> paths(Class<? extends Record> type) {
    List<String> paths = new ArrayList<>(keys(type));
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        String section = RecordShape.snake(component.getName());
        paths.remove(section);
        if (component.getType() == ExtensionsConfig.class) {
          continue; // its keys are known to the extensions alone
        }
        paths(component.getType().asSubclass(Record.class))
            .forEach(path -> paths.add(section + "." + path));
      }
    }
    return paths;
  }

  private static Object value(
      String path,
      Setting section,
      RecordComponent component,
      Map<String, Setting> left,
      @Nullable Record defaults) {
    String key = RecordShape.snake(component.getName());
    String full = path.isEmpty() ? key : path.equals(key) ? path : path + "." + key;
    Object fallback = defaults == null ? null : RecordShape.read(component, defaults);
    if (component.getType() == Duration.class) {
      for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
        Setting withUnit = left.remove(key + unit.getKey());
        if (withUnit != null) {
          left.remove(key);
          return SettingValue.duration(full + unit.getKey(), withUnit, unit.getValue());
        }
      }
    }
    Setting setting = left.remove(key);
    if (setting != null) {
      return convert(full, setting, component.getGenericType(), fallback);
    } else if (fallback != null) {
      return fallback;
    } else if (component.getType() == Optional.class) {
      return Optional.empty();
    } else if (component.getType() == boolean.class) {
      return false;
    } else if (component.getType().isEnum()) {
      return component.getType().getEnumConstants()[0];
    } else if (component.getType().isRecord()) {
      return RecordShape.defaults(component.getType().asSubclass(Record.class));
    }
    throw new UserError("%s: '%s' is missing".formatted(section.place(), full));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object convert(String key, Setting setting, Type type, @Nullable Object fallback) {
    if (type instanceof ParameterizedType generic) {
      Type item = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return Optional.of(convert(key, setting, item, null));
      }
      if (!setting.isList()) {
        throw SettingValue.wrong(key, setting, "a list");
      }
      List<Object> items = new ArrayList<>();
      for (Setting one : setting.items()) {
        items.add(convert(key, one, item, null));
      }
      return items;
    }
    Class<?> raw = (Class<?>) type;
    if (raw == String.class) {
      return SettingValue.text(key, setting);
    } else if (raw == boolean.class) {
      return SettingValue.flag(key, setting);
    } else if (raw == int.class || raw == Integer.class) {
      return SettingValue.whole(key, setting);
    } else if (raw == double.class || raw == Double.class) {
      return SettingValue.decimal(key, setting);
    } else if (raw == Duration.class) {
      return SettingValue.duration(key, setting);
    } else if (raw == Path.class) {
      return SettingValue.path(key, setting);
    } else if (raw.isEnum()) {
      return SettingValue.word(key, setting, (Class<? extends Enum>) raw);
    } else if (raw == ExtensionsConfig.class) {
      return ExtensionsConfig.of(setting);
    } else if (raw.isRecord()) {
      return section(key, setting, raw.asSubclass(Record.class), fallback);
    }
    throw new IllegalStateException("No setting can be read as " + type);
  }

  /** The default of a record component has the component's own record type. */
  private static <R extends Record> R section(
      String key, Setting setting, Class<R> type, @Nullable Object fallback) {
    return bind(
        key, setting, type, fallback == null ? RecordShape.ofAnItem(type) : type.cast(fallback));
  }

  static UserError unknownKey(String path, String key, Setting setting, List<String> known) {
    return new UserError(
        "%s: unknown key '%s'%s%s"
            .formatted(
                setting.place(),
                key,
                path.isEmpty() ? "" : " in '" + path + "'",
                NearestName.hint(key, known)));
  }

  private static <R extends Record> R make(Setting section, Class<R> type, Object[] values) {
    try {
      Class<?>[] types = new Class<?>[values.length];
      RecordComponent[] components = type.getRecordComponents();
      for (int i = 0; i < types.length; i++) {
        types[i] = components[i].getType();
      }
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      String wrong = String.valueOf(e.getCause().getMessage());
      throw new UserError(culprit(section, wrong).place() + ": " + wrong, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every record has its constructor", e);
    }
  }

  /** The setting that a complaint names by its key or quotes; else the section as a whole. */
  private static Setting culprit(Setting section, String complaint) {
    for (Map.Entry<String, Setting> one : section.entries().entrySet()) {
      if (complaint.matches("(?s).*\\b" + Pattern.quote(one.getKey()) + "\\b.*")) {
        return one.getValue();
      }
    }
    for (Setting one : section.entries().values()) {
      if (one.isText() && complaint.contains("was " + one.text())
          || one.isText() && complaint.contains("was '" + one.text() + "'")) {
        return one;
      }
    }
    return section;
  }
}
