package io.smollama.cli;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the configuration needs to know of a record: its defaults, its values, its keys. */
final class RecordShape {
  private RecordShape() {}

  /** Whether it is nothing but a list. */
  static boolean isAList(Class<? extends Record> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && components[0].getType() == List.class;
  }

  /** What an item of a list leaves out of a section in it. */
  static <R extends Record> @Nullable R ofAnItem(Class<R> type) {
    boolean has =
        Arrays.stream(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals("defaults"));
    return has ? defaults(type) : null;
  }

  static <R extends Record> R defaults(Class<R> type) {
    try {
      return type.cast(type.getDeclaredMethod("defaults").invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s has no defaults".formatted(type), e);
    }
  }

  static Object read(RecordComponent component, Record from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every record has its accessors", e);
    }
  }

  static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
