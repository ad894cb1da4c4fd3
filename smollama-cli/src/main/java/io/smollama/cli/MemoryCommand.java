package io.smollama.cli;

import picocli.CommandLine.Command;

/** {@code smollama memory}: what is known, looked through, corrected and looked after. */
@Command(
    name = "memory",
    description = {
      "Look through what is known, correct it and look after it.",
      "Nothing is deleted: each correction is one more entry of the journal."
    },
    subcommands = {
      MemoryListCommand.class,
      MemoryShowCommand.class,
      MemoryEditCommand.class,
      CorrectionCommand.Confirm.class,
      CorrectionCommand.Dispute.class,
      CorrectionCommand.Retract.class,
      CorrectionCommand.Restore.class,
      CorrectionCommand.Merge.class,
      CorrectionCommand.RetractObservation.class,
      MemoryStatsCommand.class,
      MemoryExportCommand.class,
      MemoryImportCommand.class,
      MemoryBackupCommand.class,
      MemoryReindexCommand.class,
      MemoryCompactCommand.class,
      MemoryVerifyCommand.class,
      MemorySalvageCommand.class
    })
final class MemoryCommand {}
