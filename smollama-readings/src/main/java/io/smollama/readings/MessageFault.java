package io.smollama.readings;

/** What can be wrong with a message that was to tell readings, in words that follow a number. */
enum MessageFault {
  TOO_LARGE("larger than 64 KiB"),
  NOT_JSON("that are no JSON"),
  OTHER_FORM("of another form"),
  NOTHING_THERE("without the value"),
  NO_SUCH_VALUE("with a value of another kind, or too long"),
  NOT_FINITE("with a number that is none"),
  BAD_NAME("with a name that cannot be one"),
  NO_ROOM("of more sources than there is room for"),
  /** Taken all the same, as uncertain. */
  WRONG_TIME("with a time far off, taken as of when they came");

  private final String words;

  MessageFault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
