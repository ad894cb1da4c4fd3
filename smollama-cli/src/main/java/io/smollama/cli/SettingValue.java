package io.smollama.cli;

import io.smollama.dashboard.TimeLength;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Reads the text of a {@link Setting} as a value of some type; what does not fit is named. */
final class SettingValue {
  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");

  private SettingValue() {}

  static String text(String key, Setting setting) {
    if (!setting.isText()) {
      throw wrong(key, setting, "a text");
    }
    return setting.text();
  }

  static boolean flag(String key, Setting setting) {
    String word = text(key, setting).toLowerCase(Locale.ROOT);
    if (!YES.contains(word) && !NO.contains(word)) {
      throw wrong(key, setting, "true or false");
    }
    return YES.contains(word);
  }

  static int whole(String key, Setting setting) {
    return number(key, setting, "a whole number", SettingValue::whole);
  }

  /** An address is written 118 or, as on its data sheet, 0x76. */
  private static int whole(String text) {
    boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
    return hexadecimal ? Integer.parseInt(text.substring(2), 16) : Integer.parseInt(text);
  }

  static double decimal(String key, Setting setting) {
    return number(key, setting, "a number", Double::parseDouble);
  }

  /** A home folder is written {@code ~}. */
  static Path path(String key, Setting setting) {
    String text = text(key, setting);
    return text.equals("~") || text.startsWith("~/")
        ? Path.of(System.getProperty("user.home") + text.substring(1))
        : Path.of(text);
  }

  static Duration duration(String key, Setting setting) {
    return TimeLength.parse(text(key, setting))
        .orElseThrow(() -> wrong(key, setting, "a time such as 30s, 15m, 2h or 7d"));
  }

  static Duration duration(String key, Setting setting, Duration unit) {
    double amount = decimal(key, setting);
    return Duration.ofMillis(Math.round(amount * unit.toMillis()));
  }

  static <E extends Enum<E>> E word(String key, Setting setting, Class<E> type) {
    String word = text(key, setting);
    StringBuilder known = new StringBuilder();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(word.toLowerCase(Locale.ROOT))) {
        return constant;
      }
      known.append(known.isEmpty() ? "" : ", ").append(name);
    }
    throw new UserError(
        wrong(key, setting, "one of " + known).getMessage()
            + NearestName.hint(
                word.toLowerCase(Locale.ROOT), List.of(known.toString().split(", "))));
  }

  static UserError wrong(String key, Setting setting, String expected) {
    return new UserError(
        "%s: '%s' must be %s, was %s".formatted(setting.place(), key, expected, setting.kind()));
  }

  private static <T> T number(
      String key, Setting setting, String expected, Function<String, T> parse) {
    try {
      return parse.apply(text(key, setting).strip());
    } catch (NumberFormatException e) {
      throw wrong(key, setting, expected);
    }
  }
}
