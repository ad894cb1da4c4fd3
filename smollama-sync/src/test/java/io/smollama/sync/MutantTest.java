package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation bites: a log with one mistake in it does not get through many seeds. */
class MutantTest {
  private static final int SEEDS = 50;

  @ParameterizedTest
  @CsvSource({
    "FIRST_BRANCH_WINS, I6|I7",
    "COUNTS_DUPLICATES, I8",
    "ACKNOWLEDGES_BEFORE_COMMIT, I4",
    "CURSOR_IS_ONE_NUMBER, I6|I7",
    "NEVER_SUCCEEDS_ITSELF, I11|I7",
  })
  void isCaughtWithinAFewSeeds(Mutant mutant, String invariants) {
    Optional<String> caught = Optional.empty();
    for (long seed = 1; seed <= SEEDS && caught.isEmpty(); seed++) {
      caught = failure(mutant, seed);
    }
    assertThat(caught)
        .hasValueSatisfying(what -> assertThat(what).containsPattern("(" + invariants + "): "));
  }

  private static Optional<String> failure(Mutant mutant, long seed) {
    try {
      Simulation.run(seed, mutant);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of("seed " + seed + " " + e.getMessage());
    }
  }
}
