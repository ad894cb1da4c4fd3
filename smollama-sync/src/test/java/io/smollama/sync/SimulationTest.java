package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The replicated log under everything that goes wrong, seed by seed. {@code
 * -Dsmollama.simulation.seeds=1000000} runs more of them, {@code -Dsmollama.simulation.seed=17}
 * one.
 */
class SimulationTest {
  private static final long SEEDS = Long.getLong("smollama.simulation.seeds", 2_000);
  private static final long FIRST = Long.getLong("smollama.simulation.first", 1);
  private static final int MOST_SHOWN = 20;

  /** So many seeds get to everything that is to be exercised. */
  private static final int ENOUGH = 1_000;

  private static final String[] EVENTS = {
    "fork",
    "succession",
    "dated",
    "cut",
    "cut elsewhere",
    "power cut",
    "disk full",
    "verdict Ok",
    "verdict Dup",
    "verdict Gap",
    "verdict Fork",
    "verdict BadHash",
    "verdict Busy",
    "verdict Truncated",
    "status OK",
    "status REWOUND",
    "status FORKED",
    "quarantined DAMAGED",
    "quarantined UNCHAINED",
    "quarantined LAMPORT"
  };

  private final Set<String> reached = ConcurrentHashMap.newKeySet();

  @Test
  void theInvariantsHoldForEverySeed() {
    Long one = Long.getLong("smollama.simulation.seed");
    if (one != null) {
      Simulation.run(one, Mutant.NONE);
      return;
    }
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    LongStream.range(FIRST, FIRST + SEEDS)
        .parallel()
        .filter(seed -> failures.size() < MOST_SHOWN)
        .forEach(seed -> run(seed, failures));
    assertThat(failures).isEmpty();
    if (SEEDS >= ENOUGH) {
      assertThat(reached).contains(EVENTS);
    }
  }

  private void run(long seed, List<String> failures) {
    try {
      reached.addAll(Simulation.run(seed, Mutant.NONE));
    } catch (AssertionError | RuntimeException e) {
      failures.add(
          """
          seed %d: %s
            replay: mvn -pl smollama-sync -am test -Dtest=SimulationTest \
          -Dsurefire.failIfNoSpecifiedTests=false -Dsmollama.simulation.seed=%d
          """
              .formatted(seed, e, seed));
    }
  }
}
