package io.smollama.cli;

import picocli.CommandLine.Command;

/** {@code smollama memory}: what is known, looked through and corrected. */
@Command(
    name = "memory",
    description = {
      "Look through what is known and correct it.",
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
      CorrectionCommand.RetractObservation.class
    })
final class MemoryCommand {}
