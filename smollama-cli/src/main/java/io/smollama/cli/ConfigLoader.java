package io.smollama.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Brings the configuration together: a file, the environment over it, the command line over both.
 * The file is the one that was named, else the first of {@code ./config.yaml}, {@code
 * ./config.yml}, the same in the state folder, and {@code /etc/smollama/config.yaml}. Beside it a
 * {@code config.local.yaml} lies over it. One thread at a time.
 */
final class ConfigLoader {
  private static final String PREFIX = "SMOLLAMA_";

  /** Variables with our prefix that are no settings. */
  private static final Set<String> NO_SETTINGS =
      Set.of("SMOLLAMA_HOME", "SMOLLAMA_JAVA", "SMOLLAMA_JAVA_OPTS", "SMOLLAMA_DEBUG");

  /** Names that Smollama for Python has for settings whose key names a unit. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "memory.observation_interval", "memory.observation_interval_minutes",
          "sync.sync_interval", "sync.sync_interval_minutes");

  private final Path workingFolder;
  private final Path stateFolder;
  private final Map<String, String> environment;

  ConfigLoader(Path workingFolder, Path stateFolder, Map<String, String> environment) {
    this.workingFolder = workingFolder;
    this.stateFolder = stateFolder;
    this.environment = environment;
  }

  /**
   * What was loaded. Immutable.
   *
   * @param config the configuration
   * @param file the file it came from; empty if there was none
   * @param notes what the user should know, a line each
   */
  record Loaded(NodeConfig config, Optional<Path> file, List<String> notes) {}

  /**
   * Loads the configuration.
   *
   * @param named the file that the user named; empty to look for one
   * @param flags settings of the command line, {@code section.key=value}
   */
  Loaded load(Optional<Path> named, List<String> flags) {
    List<String> notes = new ArrayList<>();
    Optional<Path> file = named.or(this::discovered);
    Setting root = file.map(this::read).orElseGet(() -> Setting.section("the defaults"));
    environment(root, notes);
    flags.forEach(flag -> flag(root, flag));
    PythonForm.unify(root);
    List<String> unused = KnownKeys.setAside(root);
    if (!unused.isEmpty()) {
      notes.add("Not used by this version yet: settings in " + String.join(", ", unused));
    }
    NodeConfig config = RecordBinder.bind("", root, NodeConfig.class, NodeConfig.defaults());
    return new Loaded(config, file, List.copyOf(notes));
  }

  private Optional<Path> discovered() {
    return Stream.of(
            workingFolder.resolve("config.yaml"),
            workingFolder.resolve("config.yml"),
            stateFolder.resolve("config.yaml"),
            stateFolder.resolve("config.yml"),
            Path.of("/etc/smollama/config.yaml"))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Setting read(Path file) {
    if (!Files.exists(file)) {
      throw new UserError("%s: there is no such configuration file".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new UserError("%s: is a folder, not a configuration file".formatted(file));
    }
    Setting root = YamlFile.read(file);
    String name = file.getFileName().toString().replaceFirst("\\..*", "") + ".local.yaml";
    Path local = file.toAbsolutePath().resolveSibling(name);
    if (Files.isRegularFile(local) && !local.equals(file.toAbsolutePath())) {
      root.overlay(YamlFile.read(local));
    }
    return root;
  }

  private void environment(Setting root, List<String> notes) {
    Map<String, String> keys = new TreeMap<>();
    KnownKeys.all().forEach(path -> keys.put(variable(path), path));
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              String path = keys.get(name);
              boolean ours = name.startsWith(PREFIX) && !name.startsWith("SMOLLAMA_TEST_");
              if (path != null && !value.isEmpty()) {
                set(root, path, "environment variable " + name, value);
              } else if (path == null && ours && !NO_SETTINGS.contains(name)) {
                notes.add(
                    "The environment variable %s is no setting%s"
                        .formatted(name, NearestName.hint(name, keys.keySet())));
              }
            });
    String ollamaHost = environment.getOrDefault("OLLAMA_HOST", "");
    boolean addressGiven =
        root.at("ollama", "base_url") != null || root.at("ollama", "host") != null;
    if (!ollamaHost.isBlank() && !addressGiven) {
      set(root, "ollama.host", "environment variable OLLAMA_HOST", ollamaHost);
    }
  }

  private static void flag(Setting root, String flag) {
    int equals = flag.indexOf('=');
    if (equals < 1) {
      throw new UserError(
          "option --set: write section.key=value, for example node.name=kitchen; was '%s'"
              .formatted(flag));
    }
    String key = flag.substring(0, equals);
    boolean secret = key.matches(".*(token|password|api_key)");
    set(root, key, "option --set " + (secret ? key : flag), flag.substring(equals + 1));
  }

  private static void set(Setting root, String path, String place, String value) {
    boolean plain = value.strip().matches("[0-9]+");
    String key = plain ? OTHER_NAMES.getOrDefault(path, path) : path;
    Setting ollama = root.at("ollama");
    if (key.equals("ollama.host") && ollama != null && ollama.isSection()) {
      ollama.entries().remove("base_url"); // what is set last decides
    }
    root.put(List.of(key.split("\\.")), setting(key, place, value));
  }

  /** On one line, a list has commas. */
  private static Setting setting(String key, String place, String value) {
    boolean list = key.equals("mqtt.topics.subscribe") || key.equals("sync.take");
    return list
        ? Setting.list(
            place,
            Stream.of(value.split(",")).map(item -> Setting.text(place, item.strip())).toList())
        : Setting.text(place, value);
  }

  private static String variable(String path) {
    return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
