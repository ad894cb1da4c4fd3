package io.smollama.cli;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How a command gets at a node: through the web address of the one that runs on this state folder,
 * or, when none runs, by opening the parts itself for as long as the command takes. Two commands at
 * once wait for each other.
 */
final class NodeAccess {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long BETWEEN_LOOKS_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final StateFolder state;

  NodeAccess(StateFolder state) {
    this.state = state;
  }

  /** Either the node that runs or the lock on its folder, never both. */
  record Found(Optional<NodeFile> running, Optional<NodeLock> lock) {}

  /** Finds the running node also where the folder cannot be written, else takes its place. */
  Found findOrPrepare() {
    try {
      state.prepare();
    } catch (UserError e) {
      Optional<NodeFile> running = NodeFile.read(state.nodeFile()).filter(NodeAccess::isAlive);
      if (running.isPresent()) {
        return new Found(running, Optional.empty());
      }
      throw e;
    }
    return find();
  }

  /** The edge node that runs. One that was killed left its file behind, but no lock. */
  Optional<EdgeFile> edge() {
    return EdgeFile.running(state).filter(file -> isLocked());
  }

  private boolean isLocked() {
    try {
      Optional<NodeLock> lock = NodeLock.tryTake(state.lock());
      lock.ifPresent(NodeLock::close);
      return lock.isEmpty();
    } catch (UserError e) {
      return true; // another user's, which cannot be told
    }
  }

  /** Finds the running node, or takes its place. */
  Found find() {
    long start = System.nanoTime();
    while (true) {
      Optional<NodeLock> lock = NodeLock.tryTake(state.lock());
      if (lock.isPresent()) {
        return new Found(Optional.empty(), lock);
      }
      Optional<EdgeFile> edge = EdgeFile.running(state);
      if (edge.isPresent()) {
        throw edge.get().refusal(state);
      }
      Optional<NodeFile> running = NodeFile.read(state.nodeFile());
      if (running.isPresent() && isAlive(running.get())) {
        return new Found(running, Optional.empty());
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new UserError(
            "Another smollama command is using %s; try again when it has ended"
                .formatted(state.path()));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
    }
  }

  /** A file that a killed node left behind names a process that is gone. */
  private static boolean isAlive(NodeFile node) {
    return ProcessHandle.of(node.pid()).map(ProcessHandle::isAlive).orElse(false);
  }
}
