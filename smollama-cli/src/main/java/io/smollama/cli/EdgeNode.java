package io.smollama.cli;

import io.smollama.core.Message;
import io.smollama.core.MessageException;
import io.smollama.core.Reading;
import io.smollama.dashboard.PartHealth;
import io.smollama.devices.Devices;
import io.smollama.devices.Displays;
import io.smollama.readings.ChangeFilter;
import io.smollama.readings.Conditioning;
import io.smollama.readings.EdgePublisher;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.HubConfig;
import io.smollama.readings.ProviderState;
import io.smollama.readings.ReadingHub;
import io.smollama.readings.Sampler;
import io.smollama.readings.SamplerConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running edge node: it senses, and says what through the broker. It has no journal, no memory,
 * no model, no observer and no web page, and switches nothing; of what it writes only the outbox
 * stays. Thread-safe.
 */
final class EdgeNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeNode.class);

  private final ReadingHub hub;
  private final Displays displays;
  private final Sampler sampler;
  private final NodeMessages messages;
  private final EdgePublisher publisher;
  private final ChangeFilter worth;
  private final boolean everyBatch;
  private final Extensions extensions;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EdgeNode(
      NodeConfig config, NodeMessages messages, Extensions extensions, InstantSource clock) {
    this.everyBatch = config.agent().edgeOutbox();
    this.hub =
        new ReadingHub(
            HubConfig.defaults(),
            clock,
            System::nanoTime,
            new Conditioning(config.readings().sources()));
    this.displays = Devices.ofThisMachine(config.devices(), clock, System::nanoTime).displays();
    this.sampler = new Sampler(hub, pace(config), System::nanoTime);
    this.messages = messages;
    this.extensions = extensions;
    this.worth = new ChangeFilter(config.readings().sources());
    this.publisher =
        new EdgePublisher(
            messages.bus(),
            config.mqtt().prefix(),
            config.node().name(),
            everyBatch ? Message.Kind.EVENT : Message.Kind.STATE,
            clock);
  }

  /** Starts it; it needs a broker to talk to, though not one that is there now. */
  static EdgeNode start(StateFolder state, NodeConfig config, InstantSource clock) {
    if (config.mqtt().broker().isEmpty()) {
      throw new UserError(
          "An edge node (agent.mode: edge) only says what it senses, and no broker is named to say it"
              + " to; set mqtt.broker, for example tcp://192.168.1.10:1883");
    }
    state.clearTemporary();
    Natives.prepare(state);
    Extensions extensions = Extensions.find(config.extensions(), state.extensions());
    EdgeNode node =
        new EdgeNode(config, NodeMessages.open(state, config, clock), extensions, clock);
    try {
      node.sense(state, config, clock);
      node.messages.start();
      node.sampler.listen(node::say);
      node.sampler.listen(node.displays::take);
      node.sampler.start();
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private static SamplerConfig pace(NodeConfig config) {
    return new SamplerConfig(
        config.agent().edgePublishInterval(),
        config.readings().sources(),
        config.readings().bursts());
  }

  /** No pins unless they were named: nobody shall take the demo for a room. */
  private void sense(StateFolder state, NodeConfig config, InstantSource clock) {
    Optional<GpioReadings> pins = NodePins.named(config.gpio(), clock);
    NodeProviders.register(hub, config, state.path(), pins, extensions, clock);
    pins.ifPresent(GpioReadings::start);
  }

  private void say(List<Reading> readings) {
    try {
      publisher.publish(everyBatch ? worth.worthKeeping(readings) : readings);
    } catch (MessageException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Where it says what it senses. */
  String topic() {
    return publisher.topic();
  }

  /** How each part is. */
  List<PartHealth> health() {
    List<PartHealth> all = new ArrayList<>();
    for (ProviderState provider : hub.states()) {
      boolean ok = provider.health() == ProviderState.Health.OK;
      String word = provider.health().name().toLowerCase(Locale.ROOT);
      all.add(
          new PartHealth(
              provider.type(),
              ok ? PartHealth.State.OK : PartHealth.State.FAILING,
              ok
                  ? "%d sources".formatted(provider.sources())
                  : word + ": " + PartsHealth.withoutName(provider.type(), provider.lastError())));
    }
    displays.states().forEach(display -> all.add(PartsHealth.ofDisplay(display)));
    PartHealth way = messages.health();
    long leftOut = publisher.leftOut();
    String tooMany =
        leftOut == 0 ? "" : "; %,d times not all sources had room in a message".formatted(leftOut);
    all.add(new PartHealth(way.part(), way.state(), way.says() + tooMany));
    return all;
  }

  /** Stops sensing, then tells the broker that it is gone. Calling it again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Closing.all(List.of(sampler, hub, displays, extensions, messages));
    }
  }
}
