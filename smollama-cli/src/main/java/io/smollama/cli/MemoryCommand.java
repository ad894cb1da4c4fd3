package io.smollama.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code smollama memory}: what can be done with all that is remembered. */
@Command(
    name = "memory",
    description = "Look after all that is remembered.",
    subcommands = {
      MemoryBackupCommand.class,
      MemoryVerifyCommand.class,
      MemorySalvageCommand.class
    })
final class MemoryCommand {
  @ParentCommand SmollamaCommand program;
}
