package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.Frontier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What befalls a node besides the network. */
final class SimFaults {
  private static final int MOST_NODES = 14;

  private final Simulation simulation;
  private final SimNetwork network;

  SimFaults(Simulation simulation, SimNetwork network) {
    this.simulation = simulation;
    this.network = network;
  }

  void strike(SimNode node) {
    switch (simulation.random.nextInt(15)) {
      case 0, 1 -> node.disk.cutPowerAfter(simulation.random.nextInt(8));
      case 2 -> node.backup = Optional.of(node.disk.content().copy());
      case 3 -> rewind(node);
      case 4 -> cloneCard(node);
      case 5 ->
          node.setClock(
              node.clockOffset + simulation.random.nextLong(-86_400_000L * 900, 86_400_000L * 900),
              ClockQuality.UNKNOWN);
      case 6 -> suspend(node);
      case 7 -> partition();
      case 8 -> node.disk.setFull(simulation.random.nextBoolean());
      case 9, 12, 13 -> truncate(node);
      case 10, 14 -> drop(node);
      default -> carry(node, simulation.any());
    }
  }

  /** The node goes on from a backup, and does not notice. */
  private void rewind(SimNode node) {
    node.backup.ifPresent(
        backup -> {
          node.restore(new SimDisk(backup.copy(), simulation.random.split(), simulation.mutant));
          simulation.oracle.rewound(node);
        });
  }

  /** Two machines go on from one card. */
  private void cloneCard(SimNode node) {
    if (simulation.nodes.size() < MOST_NODES && simulation.chance(50)) {
      SimNode clone = simulation.add(node.disk.content().copy(), node.older);
      simulation.at(simulation.random.nextLong(86_400_000), () -> simulation.act(clone));
    }
  }

  private void suspend(SimNode node) {
    node.up = false;
    long delay = simulation.random.nextLong(Simulation.LONGEST_DELAY);
    simulation.at(delay / (simulation.chance(70) ? 200 : 1), () -> node.up = true);
  }

  private void partition() {
    Set<Integer> island = new HashSet<>();
    if (simulation.chance(60)) {
      simulation.nodes.stream()
          .filter(node -> simulation.chance(40))
          .forEach(node -> island.add(node.number));
    }
    network.cutOff(island);
  }

  private void truncate(SimNode node) {
    int stream = simulation.chance(50) ? ChainId.READINGS : ChainId.ROLLUPS;
    ChainId chain = new ChainId(node.replica.self().origin(), stream);
    ChainState state = node.disk.chain(chain);
    if (!state.trunk().isEmpty()) {
      long keepFrom = simulation.random.nextLong(state.cut().seq(), state.trunk().head().seq()) + 1;
      String before = simulation.oracle.viewOf(node);
      node.replica.truncate(stream, keepFrom, node.stamp(simulation.now()));
      simulation.oracle.require(
          before.equals(simulation.oracle.viewOf(node)),
          "I10",
          () -> "a truncation changed the view");
    }
  }

  private void drop(SimNode node) {
    List<ChainId> chains = new ArrayList<>(node.disk.chains().keySet());
    chains.forEach(node.replica::drop);
  }

  /** A stick takes a backlog from one node to another, in weeks perhaps. */
  private void carry(SimNode from, SimNode to) {
    Frontier known = simulation.chance(50) ? Frontier.EMPTY : to.replica.frontier();
    List<Run> file =
        new Supply(from.disk)
            .above(from.disk.chains(), known, new TreeMap<>(), Limits.MESSAGE_BYTES)
            .runs();
    if (file.isEmpty()) {
      return;
    }
    List<Run> arriving = simulation.chance(20) ? network.wire().damaged(file) : file;
    simulation.at(
        simulation.random.nextLong(Simulation.LONGEST_DELAY / 20),
        () -> {
          if (to.up) {
            simulation.guarded(to, () -> to.takeIn(arriving, simulation.now()));
          }
        });
  }
}
