package io.smollama.cli;

import picocli.CommandLine.Command;

/** {@code smollama sync}: what this node knows and what others know, brought together. */
@Command(
    name = "sync",
    description = {
      "Bring together what this node knows and what others know.",
      "A running node does so by itself with the server that sync.llama_url names."
    },
    subcommands = {
      SyncStatusCommand.class,
      SyncNowCommand.class,
      SyncVerifyCommand.class,
      SyncExportCommand.class,
      SyncImportCommand.class
    })
final class SyncCommand {}
