package io.smollama.sync;

/**
 * How much of what a peer holds a replica takes. What it gives is not a matter of scope: always all
 * that the peer lacks. Immutable.
 */
public enum SyncScope {
  /** Everything: nodes that know what the others know. It costs a line for each chain there is. */
  ALL,

  /**
   * Only chains of origins of which something is held here: what this replica wrote, under this
   * name or an earlier one, and of others what was carried here some other way. What it costs does
   * not depend on how many others there are.
   */
  OWN
}
