package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a check of a shared log finds, in a real PostgreSQL. */
class LogVerifierTest {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private final PostgresLogStore store = POSTGRES.store();
  private final List<Entry> line = Lines.line(Lines.chain(2), 1_500);

  private VerifyReport verify() {
    return new LogVerifier(store).verify();
  }

  /** Changes a row of the line behind the store's back. */
  private void change(String what, int seq) throws Exception {
    POSTGRES.sql(
        "UPDATE smollama_entry SET %s WHERE group_id = %d AND seq = %d"
            .formatted(what, POSTGRES.group(), seq));
  }

  @Test
  void aSoundLogIsSoundWithForksAndManyChains() {
    store.commit(Lines.adding(store, line));
    new SharedReplica(store, "llama", Lines.freshIds(), () -> Lines.NOW)
        .takeIn(List.of(Run.of(Lines.fork(line, 1_200, 40, "other"))), 1L << 40);
    assertThat(store.chain(Lines.chain(2)).isForked()).isTrue();
    long count = store.chain(Lines.chain(2)).size();
    for (int i = 0; i < 1_100; i++) {
      ReplicaId origin = Lines.replicaId(10_000 + i);
      store.commit(Lines.adding(store, Lines.line(new ChainId(origin, i < 300 ? 1 : 255), 1)));
    }
    VerifyReport report = verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.entriesChecked()).isEqualTo(count + 1_100);
  }

  @Test
  void aChangedPayloadIsFoundWhereverItIs() throws Exception {
    store.commit(Lines.adding(store, line));
    change("payload = '{\"a\":1}'", 7);
    assertThat(verify().problems())
        .singleElement()
        .asString()
        .contains("/1/8: does not follow entry 7 as it is");
    change("payload = '{\"a\":1}'", 1_500);
    assertThat(verify().problems())
        .hasSize(2)
        .last()
        .asString()
        .contains("/1/1500: the frontier is not the chain's last entry");
  }

  @Test
  void aMissingAndAnImpossibleEntryAreFound() throws Exception {
    store.commit(Lines.adding(store, line));
    POSTGRES.sql(
        "DELETE FROM smollama_entry WHERE group_id = " + POSTGRES.group() + " AND seq = 1100");
    assertThat(verify().problems())
        .singleElement()
        .asString()
        .contains("/1/1101: entry 1100 was expected here");
    change("type = 'Not a type'", 3);
    assertThat(verify().problems()).singleElement().asString().contains("damaged rows of entries");
  }

  @Test
  void aTimestampThatDoesNotRiseIsFound() throws Exception {
    store.commit(Lines.adding(store, line));
    change("lamport = 1", 900);
    assertThat(verify().problems())
        .extracting(Object::toString)
        .anyMatch(problem -> problem.contains("/1/900: the Lamport timestamp does not rise"));
  }
}
