package io.smollama.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program; its subcommands take the configuration and the state folder from here. */
@Command(
    name = "smollama",
    description = "An agent for small computers: senses, remembers, answers. Offline first.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      RunCommand.class,
      LlamaCommand.class,
      StatusCommand.class,
      PreflightCommand.class,
      ReadingsCommand.class,
      BacktestCommand.class,
      GpioCommand.class,
      AuditCommand.class,
      WhyCommand.class,
      AskCommand.class,
      ChatCommand.class,
      EventsCommand.class,
      ObserveCommand.class,
      RecallCommand.class,
      RememberCommand.class,
      MemoryCommand.class,
      ModelsCommand.class,
      SyncCommand.class,
      TokenCommand.class,
      ResetIdentityCommand.class
    },
    footer = {
      "",
      "With no configuration at all, 'smollama run' starts a whole node:",
      "http://127.0.0.1:8080 shows it. The other commands work beside it or without it.",
      "",
      "State:  $SMOLLAMA_HOME, else ~/.smollama, else /var/lib/smollama when installed",
      "Config: --config, else ./config.yaml, else config.yaml in the state folder;",
      "        SMOLLAMA_SECTION_KEY in the environment goes over it, --set over both",
      "Exit:   0 well, 1 failed (one line says why), 2 wrong usage"
    })
final class SmollamaCommand {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration file.")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "A setting, for example --set node.name=kitchen; may be repeated.")
  private List<String> settings = List.of();

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log more, and say where a failure came from.")
  private boolean verbose;

  private final Map<String, String> environment;
  private final Path userHome;
  private final Path workingFolder;
  private final Terminal terminal;

  SmollamaCommand(
      Map<String, String> environment, Path userHome, Path workingFolder, Terminal terminal) {
    this.environment = environment;
    this.userHome = userHome;
    this.workingFolder = workingFolder;
    this.terminal = terminal;
  }

  boolean verbose() {
    return verbose;
  }

  Terminal terminal() {
    return terminal;
  }

  InstantSource clock() {
    return InstantSource.system();
  }

  StateFolder state() {
    return StateFolder.of(environment, userHome);
  }

  /** A file that the user named, from where the user is. */
  Path file(Path named) {
    return workingFolder.resolve(named).toAbsolutePath().normalize();
  }

  /** The configuration; what the user should know of it goes to the log. */
  NodeConfig configuration(String... overrides) {
    List<String> flags =
        java.util.stream.Stream.concat(settings.stream(), List.of(overrides).stream()).toList();
    ConfigLoader.Loaded loaded =
        new ConfigLoader(workingFolder, state().path(), environment)
            .load(Optional.ofNullable(config), flags);
    Logger log = LoggerFactory.getLogger(SmollamaCommand.class);
    loaded.file().ifPresent(file -> log.debug("Configuration: {}", file));
    loaded.notes().forEach(log::warn);
    return loaded.config();
  }
}
