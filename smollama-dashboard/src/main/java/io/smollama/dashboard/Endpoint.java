package io.smollama.dashboard;

/** Answers one method of one path; may throw a {@link Refusal}. */
@FunctionalInterface
interface Endpoint {
  Reply answer(Request request);
}
