/**
 * Assembling: reads the configuration, wires the parts into a node and gives people commands. The
 * only place that looks at the environment or writes to the terminal.
 *
 * <p>Start with {@link io.smollama.cli.Main}; then {@link io.smollama.cli.NodeConfig} (the
 * configuration as a tree of records), {@link io.smollama.cli.StateFolder} (where a node keeps what
 * it must not lose), {@link io.smollama.cli.Node} (the parts of a running node) and {@link
 * io.smollama.cli.NodeAccess} (how a command reaches a node that runs, or does without).
 */
@NullMarked
package io.smollama.cli;

import org.jspecify.annotations.NullMarked;
