package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

/** Gives every change to a second store as well, which has to say the same. */
final class MirroredLogStore extends LogStoreAround {
  private final LogStore mirror;

  MirroredLogStore(LogStore inner, LogStore mirror) {
    super(inner);
    this.mirror = mirror;
  }

  @Override
  public boolean commit(Change change) {
    boolean done = super.commit(change);
    assertThat(mirror.commit(change)).isEqualTo(done);
    return done;
  }

  /** Both hold the same. */
  void requireSame() {
    assertThat(mirror.self()).isEqualTo(self());
    assertThat(mirror.chains()).isEqualTo(chains());
    for (ChainState state : chains().values()) {
      for (Branch branch : state.branches()) {
        assertThat(mirror.entries(state.chain(), branch.label(), 0, 9_999))
            .isEqualTo(entries(state.chain(), branch.label(), 0, 9_999));
      }
    }
  }
}
