package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.TopicFilter;
import io.smollama.dashboard.PartHealth;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NodeMessagesTest extends ConfigFixture {
  private NodeMessages open(String yaml) throws IOException {
    return NodeMessages.open(new StateFolder(folder), load(yaml).config(), InstantSource.system());
  }

  @Test
  void withoutABrokerTheyStayWithinTheNode() throws Exception {
    try (NodeMessages messages = open("")) {
      messages.start();
      CompletableFuture<String> heard = new CompletableFuture<>();
      messages
          .bus()
          .subscribe(new TopicFilter("door"), m -> heard.complete(m.text().orElseThrow()));
      messages.bus().publish(Message.event("door", "open"));
      assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("open");
      assertThat(messages.health().state()).isEqualTo(PartHealth.State.OK);
      assertThat(messages.health().says()).contains("mqtt.broker");
    }
    assertThat(folder.resolve("outbox.sqlite")).doesNotExist();
  }

  @Test
  void aBrokerThatIsNotThereKeepsNobodyWaiting() throws Exception {
    String yaml = "mqtt: {broker: 'tcp://127.0.0.1:1', username: pi, password: hush}";
    try (NodeMessages messages = open(yaml)) {
      messages.start();
      messages.bus().publish(Message.event("door", "open"));
      PartHealth health = messages.health();
      assertThat(health.state()).isEqualTo(PartHealth.State.ABSENT);
      assertThat(health.says()).startsWith("tcp://127.0.0.1:1: ").contains(", 1 waiting");
    }
    try (NodeMessages again = open(yaml)) {
      assertThat(again.health().says()).contains(", 1 waiting");
    }
    assertThat(load(yaml).config().toString()).doesNotContain("hush");
  }
}
