package io.smollama.testkit;

import io.smollama.core.ChatModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Journal;
import io.smollama.core.LiveReadingProvider;
import io.smollama.core.SyncTransport;
import io.smollama.core.ToolCall;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

class FakesKeepTheirContractsTest {

  @Nested
  class OfReadings extends LiveReadingProviderContract {
    private final FixedReadings readings = new FixedReadings("fixed", new ManualClock());
    private double next;

    @Override
    protected LiveReadingProvider openLive() {
      return readings.set("hall", 21.3, "celsius").set("kitchen", 44, "percent");
    }

    @Override
    protected void happen() {
      readings.set("kitchen", next++, "percent");
    }
  }

  @Nested
  class OfEmbeddings extends EmbeddingProviderContract {
    @Override
    protected EmbeddingProvider open() {
      return new WordEmbeddings(64);
    }
  }

  @Nested
  class OfJournal extends JournalContract {
    @Override
    protected Journal open(InstantSource clock) {
      return new InMemoryJournal(clock);
    }
  }

  @Nested
  class OfChatModel extends ChatModelContract {
    @Override
    protected ChatModel open() {
      return new ScriptedChatModel(
              "Once upon a time a kettle sang all day long in a small kitchen, and nobody in the"
                  + " whole house minded it at all.")
          .says("The end.");
    }

    @Override
    protected ChatModel openAway() {
      return new ScriptedChatModel();
    }

    @Override
    protected ChatModel openForFormat() {
      return new ScriptedChatModel("{\"answer\": \"yes\"}");
    }

    @Override
    protected ChatModel openForTools() {
      return new ScriptedChatModel()
          .calls(new ToolCall("call_1", "read_source", "{\"source\":\"hall\"}"));
    }

    @Override
    protected ChatModel openSlow() {
      return new ScriptedChatModel().keepsSilent();
    }
  }

  @Nested
  class OfSyncTransport extends SyncTransportContract {
    @Override
    protected SyncTransport connect(SyncPeer peer) {
      return new InMemorySyncTransport("a peer", peer);
    }
  }

  @Nested
  class OfUnreliableSyncTransportWithoutTrouble extends SyncTransportContract {
    @Override
    protected SyncTransport connect(SyncPeer peer) {
      return new UnreliableSyncTransport(new InMemorySyncTransport("a peer", peer), 1, 0);
    }
  }
}
