package io.smollama.sync;

import io.smollama.core.Point;
import java.util.Objects;

/**
 * A line of entries without a fork in it. Where two entries follow the same one, the line ends and
 * each of the two begins a branch, which bears its id as label: every replica labels alike,
 * whichever came first. Immutable.
 *
 * @param label {@link #TRUNK}, or the id of the branch's first entry as hexadecimal digits
 * @param parent what the branch's first entry follows; for the trunk {@link Point#START}, or the
 *     last entry that was cut off
 * @param head the branch's last entry; the parent if there is none, which only a trunk may be
 */
public record Branch(String label, Point parent, Point head) {
  /** The label of the branch that a chain starts with. */
  public static final String TRUNK = "";

  public Branch {
    Objects.requireNonNull(label, "label");
    if (head.seq() < parent.seq() || (head.seq() == parent.seq() && !head.equals(parent))) {
      throw new IllegalArgumentException(
          "A branch's head is not before its parent, was %s after %s".formatted(head, parent));
    }
  }

  /** Whether one of its entries is at this place. */
  boolean covers(long seq) {
    return parent.seq() < seq && seq <= head.seq();
  }

  boolean isEmpty() {
    return head.equals(parent);
  }

  boolean isTrunk() {
    return label.equals(TRUNK);
  }
}
