package io.smollama.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A node on the state folder that the program is run on, in this process. */
abstract class RunningNodeFixture extends ProgramFixture {
  private @Nullable NodeLock lock;
  private @Nullable SharingNode node;

  void startNode(String... settings) {
    StateFolder state = new StateFolder(folder.resolve("state"));
    state.prepare();
    lock = NodeLock.tryTake(state.lock()).orElseThrow();
    node = SharingNode.start(folder.resolve("state"), "here", settings);
    new NodeFile(ProcessHandle.current().pid(), node.page()).write(state.nodeFile());
  }

  SharingNode node() {
    return Objects.requireNonNull(node, "no node was started");
  }

  @AfterEach
  void stopNode() {
    if (node != null && lock != null) {
      NodeFile.delete(new StateFolder(folder.resolve("state")).nodeFile());
      node.close();
      lock.close();
      node = null;
    }
  }
}
