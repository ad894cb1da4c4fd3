package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport.Call;
import org.junit.jupiter.api.Test;

/** A node whose log is kept alike with another log of the same process. */
class LocalSyncTransportTest extends SynchronizerFixture {
  private static final String NAME = "PostgreSQL db/smollama";

  private LocalSyncTransport toServer() {
    return new LocalSyncTransport(NAME, () -> Lines.shared(serverStore, "llama"));
  }

  @Test
  void bothLogsHoldTheSameAfterAMeeting() {
    write(node, ChainId.KNOWLEDGE, 3_000, "{\"text\":\"The kettle leaks\"}");
    write(server, ChainId.KNOWLEDGE, 2_500, "{\"text\":\"The pump runs\"}");
    Synchronizer synchronizer = synchronizer(toServer());
    synchronizer.meet();
    assertThat(synchronizer.status().failure()).isEmpty();
    assertThat(node.frontier()).isEqualTo(server.frontier());
    assertThat(synchronizer.status().progress().received()).isEqualTo(2_500);
  }

  @Test
  void aLogThatIsAwayIsMetLater() {
    assertThat(failure(new JournalException("PostgreSQL", "is away", true)))
        .returns(Fault.BUSY, SyncException::fault)
        .hasMessage(NAME + ": is away");
    assertThat(failure(new JournalException("PostgreSQL", "refuses the login", false)))
        .returns(Fault.BROKEN, SyncException::fault)
        .hasMessage(NAME + ": refuses the login");
  }

  private static SyncException failure(JournalException why) {
    LocalSyncTransport transport =
        new LocalSyncTransport(
            NAME,
            () -> {
              throw why;
            });
    return ask(transport, new byte[0]);
  }

  @Test
  void whatIsNoMessageAndWhatComesAfterTheCloseIsRefused() {
    LocalSyncTransport transport = toServer();
    assertThat(ask(transport, new byte[] {1, 2, 3}).fault()).isEqualTo(Fault.BROKEN);
    transport.close();
    transport.close();
    assertThat(ask(transport, new byte[0]).fault()).isEqualTo(Fault.UNREACHABLE);
  }

  private static SyncException ask(LocalSyncTransport transport, byte[] message) {
    return catchThrowableOfType(SyncException.class, () -> transport.ask(Call.HELLO, message));
  }
}
