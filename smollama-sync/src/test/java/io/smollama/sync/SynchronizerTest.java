package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.SyncTransport;
import io.smollama.testkit.InMemorySyncTransport;
import io.smollama.testkit.SyncPeer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SynchronizerTest extends SynchronizerFixture {
  @Nested
  class Meeting {
    @Test
    void takesOnlyTheStreamsThatAreWantedAndGivesAll() {
      write(node, ChainId.READINGS, 3, "{}");
      write(server, ChainId.READINGS, 1_000, "{}");
      write(server, ChainId.ROLLUPS, 5, "{}");
      write(server, ChainId.KNOWLEDGE, 7, "{}");
      SynchronizerConfig some = SynchronizerConfig.DEFAULT.taking(Set.of(0, ChainId.KNOWLEDGE));
      Synchronizer synchronizer = synchronizer(new InMemorySyncTransport("llama", peer), some);
      synchronizer.meet();
      assertThat(synchronizer.status().failure()).isEmpty();
      assertThat(synchronizer.status().progress().left()).isZero();
      assertThat(synchronizer.status().progress().received()).isEqualTo(7);
      assertThat(nodeStore.chains()).hasSize(2);
      assertThat(serverStore.chains()).hasSize(4);
      write(server, ChainId.KNOWLEDGE, 1, "{}");
      synchronizer.meet();
      assertThat(synchronizer.status().progress().received()).isEqualTo(1);
      assertThat(synchronizer.status().progress().roundTrips()).isEqualTo(1);
    }

    @Test
    void drainsMonthsOfBacklogInOneGo() {
      write(node, ChainId.READINGS, 20_000, "\"" + "r".repeat(500) + "\"");
      write(node, ChainId.KNOWLEDGE, 3_000, "{}");
      write(server, ChainId.KNOWLEDGE, 3_000, "{}");
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
      SyncProgress progress = synchronizer.status().progress();
      assertThat(progress.sent()).isEqualTo(23_000);
      assertThat(progress.received()).isEqualTo(3_000);
      assertThat(progress.left()).isZero();
      assertThat(progress.bytesSent()).isGreaterThan(20_000 * 500);
      assertThat(progress.roundTrips()).isEqualTo(roundTrips);
      assertThat(nudges).isEqualTo(1);
    }

    @Test
    void steadyStateCostsOneRoundTrip() {
      write(node, ChainId.KNOWLEDGE, 10, "{}");
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      for (int i = 0; i < 5; i++) {
        write(node, ChainId.KNOWLEDGE, 1, "{}");
        write(server, ChainId.ROLLUPS, i % 2, "{}");
        int before = roundTrips;
        synchronizer.meet();
        assertThat(roundTrips).isEqualTo(before + 1);
        assertThat(node.frontier()).isEqualTo(server.frontier());
      }
      assertThat(nudges).isEqualTo(2);
    }

    @Test
    void tellsHowFarItHasComeWhileUnderWay() {
      write(node, ChainId.READINGS, 5_000, "{}");
      List<SyncStatus> seen = new ArrayList<>();
      Synchronizer[] under = new Synchronizer[1];
      SyncPeer answering = peer;
      peer =
          (call, message) -> {
            nanos += Duration.ofSeconds(1).toNanos();
            seen.add(under[0].status());
            return answering.answer(call, message);
          };
      under[0] = synchronizer();
      under[0].meet();
      SyncStatus late = seen.get(seen.size() - 1);
      assertThat(late.running()).isTrue();
      assertThat(late.next()).isEmpty();
      assertThat(late.progress().left()).isEqualTo(5_000 - late.progress().sent());
      assertThat(late.progress().sent()).isBetween(500L, 4_999L);
      assertThat(late.progress().rate()).isPositive();
      assertThat(late.progress().remaining()).isPresent();
      assertThat(under[0].status().progress().remaining()).isEmpty();
    }

    @Test
    void aNodeOnARestoredCardIsToldSoAndGoesOnUnderANewName() {
      write(node, ChainId.KNOWLEDGE, 3, "{}");
      server.takeIn(List.of(Run.of(nodeStore.all())), Long.MAX_VALUE, Lines.NOW);
      server.takeIn(
          List.of(Run.of(Lines.fork(nodeStore.all(), 3, 2, "future"))), Long.MAX_VALUE, Lines.NOW);
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      assertThat(synchronizer.status().standing()).isEqualTo(PeerStatus.REWOUND);
      assertThat(node.self().origin()).isNotEqualTo(Lines.replicaId(1));
      synchronizer.meet();
      assertThat(synchronizer.status().standing()).isEqualTo(PeerStatus.OK);
      assertThat(node.frontier()).isEqualTo(server.frontier());
    }
  }

  @Nested
  class OverHttp {
    @Test
    void theSameOnRealConnections() throws IOException {
      write(node, ChainId.READINGS, 3_000, "{\"value\":21.5}");
      write(server, ChainId.KNOWLEDGE, 500, "{}");
      HttpPeer http = HttpPeer.start(exchange -> ServicePeer.handle(service, exchange));
      open.add(http);
      Synchronizer synchronizer = synchronizer(to(http.address(), "good"));
      synchronizer.meet();
      assertThat(synchronizer.status().failure()).isEmpty();
      assertThat(node.frontier()).isEqualTo(server.frontier());
      int before = http.connections.size();
      write(node, ChainId.KNOWLEDGE, 1, "{}");
      synchronizer.meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
      assertThat(http.connections).hasSize(before + 1);
      assertThat(http.connections.stream().distinct()).hasSize(1);
      Synchronizer revoked = synchronizer(to(http.address(), "old"));
      revoked.meet();
      assertThat(revoked.status().failure().orElseThrow().words())
          .isEqualTo(http.address() + ": HTTP 403 the token of 'a' was revoked");
    }

    private SyncTransport to(URI address, String token) {
      return HttpSyncTransport.open(HttpSyncConfig.of(address, Optional.of(token)));
    }
  }
}
