package io.smollama.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A folder for configuration files, and an environment. */
abstract class ConfigFixture {
  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();

  ConfigLoader.Loaded load() {
    return new ConfigLoader(folder, folder, environment).load(Optional.empty(), List.of());
  }

  ConfigLoader.Loaded load(String yaml) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), yaml);
    return load();
  }
}
