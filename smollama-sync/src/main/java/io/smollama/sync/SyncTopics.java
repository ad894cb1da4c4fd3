package io.smollama.sync;

import io.smollama.core.Message;

/**
 * Under which topics devices and a server exchange what they know. Immutable.
 *
 * @param prefix what the topics of all nodes begin with
 * @param server the name that the server listens under
 */
record SyncTopics(String prefix, String server) {
  SyncTopics {
    part(server);
    Message.event(prefix, ""); // says what is wrong with it
  }

  private static String part(String name) {
    if (!name.matches("[^\\s/#+]{1,64}")) {
      throw new IllegalArgumentException(
          "A name in topics has 1 to 64 characters, no blanks and none of / # +; was '%s'"
              .formatted(name));
    }
    return name;
  }

  String request(String device) {
    return "%s/sync/%s/request/%s".formatted(prefix, server, part(device));
  }

  String answer(String device) {
    return "%s/sync/%s/answer/%s".formatted(prefix, server, part(device));
  }

  /** What all devices ask under. */
  String requests() {
    return "%s/sync/%s/request/+".formatted(prefix, server);
  }
}
