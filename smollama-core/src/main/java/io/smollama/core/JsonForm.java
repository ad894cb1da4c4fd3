package io.smollama.core;

/** As much of JSON as a module without a parser can know. Immutable. */
final class JsonForm {
  private JsonForm() {}

  static boolean seemsObject(String text) {
    String stripped = text.strip();
    return stripped.startsWith("{") && stripped.endsWith("}");
  }
}
