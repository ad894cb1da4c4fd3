package io.smollama.sync;

/** How the chains that a peer writes look to the one that answers it. Immutable. */
public enum PeerStatus {
  /** As they should. */
  OK,
  /** More of them is held here than the peer has: it went back to an older copy. */
  REWOUND,
  /** Two writers have used the same origin. */
  FORKED,
  /** The peer may no longer take part. Never said by the log itself, but by who guards it. */
  REVOKED,
  /** The two have no version of the messages in common. */
  UPGRADE,
  /** What the peer lacks of them was cut off here. */
  RESYNC
}
