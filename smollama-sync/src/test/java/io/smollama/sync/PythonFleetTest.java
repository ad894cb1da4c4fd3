package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes with Smollama for Python and one of this program write and meet a server, whatever
 * happens; when nothing happens any more, all hold the same, once, and all that was ever written.
 */
class PythonFleetTest {
  private static final int SEEDS = Integer.getInteger("smollama.python.seeds", 5);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whateverHappensAllEndAlike(PythonFleet.Trouble trouble) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try (PythonFleet fleet = new PythonFleet(seed, trouble, folder.resolve("seed" + seed))) {
        fleet.run();
      }
    }
  }

  @Test
  void anOlderCopyOfItsFileTakesNothingForArrivedThatWasLost() {
    try (PythonFleet fleet =
        new PythonFleet(
            49, PythonFleet.Trouble.ITS_FILE_IS_LOST_OR_PUT_BACK, folder.resolve("older"))) {
      fleet.run();
    }
  }

  @Test
  void aNodeThatWasAwayForLongGetsAllAndLosesNothing() {
    try (PythonFleet fleet =
        new PythonFleet(1, PythonFleet.Trouble.NOTHING_MORE, folder.resolve("away"))) {
      fleet.java("before");
      fleet.nodes.get(0).pull(request -> Optional.empty()); // the last that it asked for was lost
      fleet.nodes.get(0).wrote(200_000_000);
      for (int i = 0; i < 60; i++) {
        fleet.write(fleet.nodes.get(1), 40);
        fleet.write(fleet.nodes.get(0), 20);
        fleet.nodes.get(1).meet(fleet.server.link());
        fleet.java("meanwhile");
      }
      fleet.settle();
      fleet.check();
    }
  }

  @Test
  void aPageIsNotTakenForArrivedHoweverMuchTheNodeWroteSince() {
    try (PythonFleet fleet =
        new PythonFleet(1, PythonFleet.Trouble.NOTHING_MORE, folder.resolve("much"))) {
      PythonNode node = fleet.nodes.get(0);
      fleet.java("one");
      fleet.server.link().ask(node.request("GET", "pull", Optional.of("since=0"), new byte[0]));
      node.wrote(34_560L * 365 * 10); // four sources, each ten seconds, for ten years
      fleet.written.add(node.say("observation", "still here"));
      fleet.settle();
      fleet.check();
    }
  }

  @Test
  void aNodeThatWentBackToABackupGetsAgainWhatItLost() {
    try (PythonFleet fleet =
        new PythonFleet(1, PythonFleet.Trouble.NOTHING_MORE, folder.resolve("backup"))) {
      fleet.java("one");
      fleet.nodes.get(0).meet(fleet.server.link());
      PythonNode backup = fleet.nodes.get(0).backup();
      for (int i = 0; i < 250; i++) {
        fleet.java("two");
      }
      for (int i = 0; i < 4; i++) {
        fleet.nodes.get(0).meet(fleet.server.link());
      }
      fleet.nodes.set(0, backup);
      fleet.settle();
      fleet.check();
      assertThat(backup.ends()).isZero();
    }
  }

  @Test
  void aNodeThatGoesToAnotherServerFindsAllThereAndKeepsItsOwn() {
    try (PythonFleet one =
            new PythonFleet(1, PythonFleet.Trouble.NOTHING_MORE, folder.resolve("one"));
        PythonServer other = new PythonServer(folder, Lines.store(300))) {
      for (int i = 0; i < 5; i++) {
        one.write(one.nodes.get(0), 60);
        one.java("from here " + i);
        one.nodes.get(0).meet(one.server.link());
        PythonFleet.exchange(other.replica(), one.server.replica());
      }
      one.settle();
      PythonFleet.exchange(other.replica(), one.server.replica());
      one.written.add(PythonForm.uuid(other.observe("from there").id().hex()));
      for (int i = 0; i < 60; i++) {
        one.nodes.get(0).meet(other.link());
        one.nodes.get(0).restart();
      }
      assertThat(one.nodes.get(0).ids()).isEqualTo(one.written);
    }
  }
}
