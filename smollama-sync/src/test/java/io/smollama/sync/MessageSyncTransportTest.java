package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.core.SyncTransport.Call;
import io.smollama.testkit.SyncPeer;
import io.smollama.testkit.SyncTransportContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageSyncTransportTest extends SyncTransportContract {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final MessageBus bus = MessageBus.inProcess();

  @Override
  protected SyncTransport connect(SyncPeer peer) {
    MessageSyncResponder.open(
        bus, "smollama", "llama", (device, call, message) -> peer.answer(call, message));
    return MessageSyncTransport.open(bus, "smollama", "llama", "kitchen", PATIENCE);
  }

  @AfterEach
  void closeBus() {
    bus.close();
  }

  @Test
  void theDeviceIsWhoTheTopicSays() {
    MessageSyncResponder.open(
        bus, "p", "s", (device, call, message) -> device.getBytes(StandardCharsets.UTF_8));
    SyncTransport transport = MessageSyncTransport.open(bus, "p", "s", "attic", PATIENCE);
    assertThat(transport.ask(Call.HELLO, new byte[0])).asString().isEqualTo("attic");
    assertThat(transport.peer()).isEqualTo("mqtt:s");
  }

  @Test
  void aServerThatIsNotThereIsUnreachable() {
    SyncTransport transport =
        MessageSyncTransport.open(bus, "p", "nobody", "attic", Duration.ofMillis(50));
    assertThatThrownBy(() -> transport.ask(Call.HELLO, new byte[0]))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE))
        .hasMessageContaining("no answer within");
  }

  @Test
  void rubbishUnderItsTopicsHarmsNothing() {
    SyncTransport transport = connect((call, message) -> message);
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      byte[] rubbish = new byte[random.nextInt(60)];
      random.nextBytes(rubbish);
      if (rubbish.length > 1) {
        rubbish[0] = 1;
        rubbish[1] = (byte) random.nextInt(5);
      }
      bus.publish(Message.event("smollama/sync/llama/request/kitchen", rubbish));
      bus.publish(Message.event("smollama/sync/llama/answer/kitchen", rubbish));
    }
    byte[] large = new byte[900_000];
    random.nextBytes(large);
    assertThat(transport.ask(Call.PULL, large)).isEqualTo(large);
  }

  @Test
  void partsComeTogetherInAnyOrderAndRepeated() {
    byte[] whole = new byte[300_000];
    new Random(5).nextBytes(whole);
    List<byte[]> parts = MessageFrame.cut(MessageFrame.Kind.PUSH, UUID.randomUUID(), whole);
    List<byte[]> shuffled = new ArrayList<>(parts);
    shuffled.addAll(parts.subList(0, parts.size() - 1));
    Collections.shuffle(shuffled, new Random(5));
    MessageAssembly assembly = new MessageAssembly(1);
    List<byte[]> assembled = new ArrayList<>();
    for (byte[] part : shuffled) {
      Optional<byte[]> done = assembly.add("x", MessageFrame.read(part).orElseThrow());
      done.ifPresent(assembled::add);
    }
    assertThat(assembled).isNotEmpty();
    assertThat(assembled.get(0)).isEqualTo(whole);
    assertThat(parts).allSatisfy(part -> assertThat(part.length).isLessThan(64 << 10));
  }
}
