package io.smollama.sync;

import java.util.List;

/**
 * What a check of a whole journal found. Immutable.
 *
 * @param entriesChecked how many entries were read and hashed anew
 * @param problems what is wrong, in the order of the entries; at most {@link #MOST_PROBLEMS}
 */
public record VerifyReport(long entriesChecked, List<Problem> problems) {
  /** After so many problems the rest are counted as checked but not listed. */
  public static final int MOST_PROBLEMS = 1_000;

  /**
   * One thing that is wrong.
   *
   * @param origin the origin as stored, in hexadecimal digits
   * @param stream the stream as stored
   * @param seq the sequence number as stored; 0 if it is about the whole chain or journal
   * @param what the fault
   */
  public record Problem(String origin, long stream, long seq, String what) {
    @Override
    public String toString() {
      return "%s/%d/%d: %s".formatted(origin, stream, seq, what);
    }
  }

  public VerifyReport {
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong. */
  public boolean isClean() {
    return problems.isEmpty();
  }
}
