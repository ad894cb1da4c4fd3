package io.smollama.cli;

import io.smollama.agent.AgentConfig;
import io.smollama.agent.ObserverConfig;
import io.smollama.agent.OllamaConfig;
import io.smollama.dashboard.DashboardConfig;
import io.smollama.devices.DeviceConfig;
import io.smollama.devices.DevicesConfig;
import io.smollama.memory.MemoryConfig;
import io.smollama.mqtt.MqttConfig;
import io.smollama.readings.BridgeConfig;
import io.smollama.readings.GpioConfig;
import io.smollama.readings.SamplerConfig;
import java.util.Objects;

/**
 * The whole configuration of a node. Each part owns its section's record. Immutable.
 *
 * @param node who the node is
 * @param readings how often it senses
 * @param gpio its pins
 * @param devices what else is wired to it
 * @param memory what it remembers, and for how long
 * @param ollama where its models are
 * @param openai another server of chat models, in place of Ollama
 * @param mqtt which broker its messages go through
 * @param bridge which readings come by messages
 * @param agent what it answers by itself
 * @param observer how often a model looks at the readings
 * @param dashboard its web page
 * @param sync whom it shares with
 * @param extensions sensors that somebody else wrote
 */
public record NodeConfig(
    Identity node,
    SamplerConfig readings,
    GpioConfig gpio,
    DevicesConfig devices,
    MemoryConfig memory,
    OllamaConfig ollama,
    ModelServerConfig openai,
    MqttConfig mqtt,
    BridgeConfig bridge,
    AgentConfig agent,
    ObserverConfig observer,
    DashboardConfig dashboard,
    SyncConfig sync,
    ExtensionsConfig extensions) {

  public NodeConfig {
    agent = agent.trusting(devices.devices().stream().map(DeviceConfig::name).toList());
    for (DeviceConfig device : devices.devices()) {
      for (int pin : device.gpioPins()) {
        if (gpio.pins().stream().anyMatch(one -> one.pin() == pin)) {
          throw new IllegalArgumentException(
              "GPIO pin %d is in gpio.pins, and device '%s' is wired to it"
                  .formatted(pin, device.name()));
        }
      }
    }
  }

  /**
   * Who the node is. Immutable.
   *
   * @param name its name among the others; 1 to 64 characters without blanks or slashes
   * @param role what it is to the others
   */
  public record Identity(String name, Role role) {
    public Identity {
      Objects.requireNonNull(role, "role");
      if (!name.matches("[^\\s/#+]{1,64}")) {
        throw new IllegalArgumentException(
            "A node name has 1 to 64 characters, no blanks and none of / # +; was '%s'"
                .formatted(name));
      }
    }
  }

  /** What a node is to the others. Immutable. */
  public enum Role {
    /** It senses and knows, and shares that with a Llama server if one is named. */
    NODE,
    /** It is that server besides: nodes bring it what they know and take what the others do. */
    LLAMA
  }

  /** What a node without a configuration uses. */
  public static NodeConfig defaults() {
    return new NodeConfig(
        new Identity("smollama-node", Role.NODE),
        SamplerConfig.defaults(),
        GpioConfig.defaults(),
        DevicesConfig.defaults(),
        MemoryConfig.defaults(),
        OllamaConfig.defaults(),
        ModelServerConfig.defaults(),
        MqttConfig.defaults(),
        BridgeConfig.defaults(),
        AgentConfig.defaults(),
        ObserverConfig.defaults(),
        DashboardConfig.defaults(),
        SyncConfig.defaults(),
        ExtensionsConfig.none());
  }
}
