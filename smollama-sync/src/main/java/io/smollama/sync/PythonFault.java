package io.smollama.sync;

/** Why an entry of a node with Smollama for Python was not taken. Immutable. */
enum PythonFault {
  /** It is no object, or a field is missing, of another kind or too long. */
  FORM,
  /** Its time is none that such a node writes and reads. */
  TIME,
  /** It is nested too deeply. */
  TOO_DEEP,
  /** It is larger than an entry of the log may be. */
  TOO_LARGE
}
