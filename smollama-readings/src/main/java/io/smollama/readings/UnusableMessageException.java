package io.smollama.readings;

/** A message, or a part of it, tells no reading. It is counted and goes no further. */
final class UnusableMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final MessageFault fault;

  /** Without a trace: whoever floods a topic shall not make this machine walk its stack. */
  UnusableMessageException(MessageFault fault) {
    super(fault.words(), null, false, false);
    this.fault = fault;
  }

  MessageFault fault() {
    return fault;
  }
}
