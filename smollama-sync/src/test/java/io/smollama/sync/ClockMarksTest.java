package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.ClockHistory;
import io.smollama.core.ClockQuality;
import io.smollama.core.DatedTime;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.testkit.InMemorySyncTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node writes down of its clock. */
class ClockMarksTest {
  private static final Instant NOON = Instant.parse("2026-03-03T12:00:00Z");
  private static final Instant UNSET = Instant.parse("1970-01-01T00:00:20Z");

  private final ManualMachine machine = new ManualMachine(UNSET);
  private final InMemoryLogStore store = Lines.store(1);
  private final SharedReplica replica =
      new SharedReplica(store, "kitchen", Lines.freshIds(), machine::stamp);
  private ClockMarks marks = new ClockMarks(replica);

  @Test
  void nothingIsWrittenOfAClockThatIsNotSet() {
    looks(600);
    assertThat(written()).isEmpty();
    assertThat(marks.state()).isEqualTo(ClockMarks.State.UNSET);
  }

  @Test
  void thatTheClockWasSetIsWrittenOnce() {
    machine.set(NOON, ClockQuality.NTP);
    looks(5);
    assertThat(written()).hasSize(1);
    assertThat(written().get(0).header().quality()).isEqualTo(ClockQuality.NTP);
    assertThat(written().get(0).header().wall()).contains(NOON);
    assertThat(marks.state()).isEqualTo(ClockMarks.State.SYNCHRONISED);
  }

  @Test
  void aSynchronisedClockIsWrittenEverySixHours() {
    machine.set(NOON, ClockQuality.NTP);
    looks(60 * 24);
    assertThat(written()).hasSize(4);
  }

  @Test
  void aStepIsWritten() {
    machine.set(NOON, ClockQuality.NTP);
    looks(60);
    machine.step(Duration.ofMillis(240));
    looks(1);
    assertThat(written()).hasSize(1);
    machine.step(Duration.ofMillis(20));
    looks(1);
    assertThat(written()).hasSize(2);
    assertThat(payload(1)).contains("stepped");
  }

  @Test
  void aBetterClockIsWritten() {
    machine.set(NOON, ClockQuality.NTP);
    looks(60);
    machine.set(machine.wall().instant(), ClockQuality.BETTER);
    looks(3);
    assertThat(written()).hasSize(2);
  }

  @Test
  void aClockThatFlapsDoesNotFillTheLog() {
    machine.set(NOON, ClockQuality.NTP);
    for (int minute = 0; minute < 60 * 24; minute++) {
      machine.step(Duration.ofSeconds(minute % 2 == 0 ? 5 : -5));
      if (minute % 3 == 0) {
        machine.lose();
        marks.told(PeerTime.of(NOON.plusSeconds(minute), machine.mono(), Duration.ofSeconds(1)));
        machine.set(machine.wall().instant(), ClockQuality.NTP);
      }
      looks(1);
    }
    assertThat(written()).hasSizeLessThanOrEqualTo(24 * 6);
  }

  @Test
  void aProgramThatStartsAgainAndAgainWritesNothingThatTheLogSaysAlready() {
    machine.set(NOON, ClockQuality.NTP);
    for (int start = 0; start < 100; start++) {
      looks(1);
      machine.restartProgram();
      marks = new ClockMarks(replica);
    }
    assertThat(written()).hasSize(1);
  }

  @Test
  void aMachineThatStartedAgainIsWritten() {
    machine.set(NOON, ClockQuality.NTP);
    looks(90);
    machine.restart(NOON.minusSeconds(7_200));
    marks = new ClockMarks(replica);
    looks(1);
    assertThat(written()).as("not set yet").hasSize(1);
    machine.set(NOON.plusSeconds(7_200), ClockQuality.NTP);
    looks(5);
    assertThat(written()).hasSize(2);
  }

  @Test
  void aFullDiskFailsNobodyAndTheMarkIsWrittenLater() {
    AtomicBoolean full = new AtomicBoolean(true);
    LogStore disk =
        new LogStoreAround(store) {
          @Override
          public boolean commit(Change change) {
            if (full.get()) {
              throw new JournalException("journal", "the disk is full", true);
            }
            return super.commit(change);
          }
        };
    marks = new ClockMarks(new SharedReplica(disk, "kitchen", Lines.freshIds(), machine::stamp));
    marks.told(PeerTime.of(NOON, machine.mono(), Duration.ofSeconds(1)));
    machine.set(NOON, ClockQuality.NTP);
    marks.look();
    assertThat(written()).isEmpty();
    full.set(false);
    marks.look();
    assertThat(written()).hasSize(1);
  }

  @Test
  void underANewOriginItIsWrittenAnew() {
    machine.set(NOON, ClockQuality.NTP);
    looks(1);
    replica.beginAnew();
    looks(1);
    assertThat(written()).hasSize(1);
    assertThat(store.chains()).hasSize(2);
  }

  @Test
  void whatTheServerSaysDatesWhatWasWrittenBefore() {
    ManualMachine server = new ManualMachine(NOON);
    SharedReplica there =
        new SharedReplica(Lines.store(2), "llama", Lines.freshIds(), server::stamp);
    CreditAccounts credits = new CreditAccounts(1L << 40, () -> 0);
    PeerDirectory anybody = token -> new PeerDirectory.Admission.Admitted("kitchen");
    ServicePeer peer = new ServicePeer(new SyncService(there, anybody, credits), "good");
    Entry fact = replica.append(ChainId.KNOWLEDGE, List.of(new NewEntry("mem.add", "{}"))).get(0);
    machine.pass(Duration.ofMinutes(10));
    server.pass(Duration.ofMinutes(10));
    InMemorySyncTransport transport =
        new InMemorySyncTransport(
            "llama",
            (call, message) -> {
              machine.pass(Duration.ofSeconds(3));
              byte[] answer = peer.answer(call, message);
              machine.pass(Duration.ofSeconds(1));
              server.pass(Duration.ofSeconds(4));
              return answer;
            });
    SyncSetup setup =
        new SyncSetup(machine.wall(), () -> machine.mono() * 1_000_000, new Random(1), marks::told);
    try (Synchronizer synchronizer =
        new Synchronizer(replica, transport, SynchronizerConfig.DEFAULT, setup, () -> {})) {
      synchronizer.meet();
      synchronizer.meet();
    }
    assertThat(written()).hasSize(1);
    assertThat(marks.state()).isEqualTo(ClockMarks.State.TOLD);
    ClockHistory history = ClockHistory.of(List.of(ClockEntry.mark(written().get(0)).get()));
    DatedTime dated =
        history.date(fact.header().wall(), fact.toJournalEntry().clock().orElseThrow());
    assertThat(dated.earliest().orElseThrow()).isBefore(NOON);
    assertThat(dated.latest().orElseThrow()).isAfter(NOON);
    assertThat(dated.certainty().within().orElseThrow()).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void aServerWithoutATimeOfItsOwnAndASlowOneAreNotHeard() {
    marks.told(PeerTime.of(UNSET, machine.mono(), Duration.ofSeconds(1)));
    marks.told(PeerTime.of(NOON, machine.mono(), Duration.ofMinutes(3)));
    assertThat(written()).isEmpty();
  }

  @Test
  void aServerThatChangesItsMindAllTheTimeIsBounded() {
    IntStream.range(0, 600)
        .forEach(
            minute -> {
              Instant time = NOON.plus(Duration.ofHours(minute * 7L % 13));
              marks.told(PeerTime.of(time, machine.mono(), Duration.ofSeconds(1)));
              machine.pass(Duration.ofMinutes(1));
            });
    assertThat(written()).hasSizeLessThanOrEqualTo(60);
  }

  private void looks(int minutes) {
    for (int i = 0; i < minutes; i++) {
      marks.look();
      machine.pass(Duration.ofMinutes(1));
    }
  }

  private String payload(int index) {
    return written().get(index).toJournalEntry().payload();
  }

  private List<Entry> written() {
    ChainId control = new ChainId(replica.self().origin(), ChainId.CONTROL);
    return store.entries(control, Branch.TRUNK, 0, 10_000).stream()
        .filter(entry -> entry.header().type().equals(ClockEntry.TYPE))
        .toList();
  }
}
