/**
 * Sharing: the append-only, hash-chained log that each node writes and that replicas exchange.
 *
 * <p>Start with {@link io.smollama.sync.SqliteJournal}, a {@link io.smollama.core.Journal} in a
 * SQLite file, and the {@link io.smollama.sync.SharedReplica} that it offers to who syncs. {@link
 * io.smollama.sync.ReplicaSetup} is what it takes from the world, {@link io.smollama.sync.Entry}
 * and {@link io.smollama.sync.EntryHeader} are what it stores, byte for byte as in {@code
 * docs/journal-format.md}, and {@link io.smollama.sync.VerifyReport} says whether all of it is
 * still sound.
 *
 * <p>How replicas meet: {@link io.smollama.sync.Replica} decides what to take in, give out and
 * answer, {@link io.smollama.sync.LogStore} is where it keeps its log, {@link
 * io.smollama.sync.SyncMessage} is what two of them say to each other, and {@link
 * io.smollama.sync.Exchange} is the side that asks. {@code docs/replication.md} says what that
 * guarantees.
 *
 * <p>How they meet over a network: a {@link io.smollama.sync.Synchronizer} on the node asks over a
 * {@link io.smollama.core.SyncTransport}, such as {@link io.smollama.sync.HttpSyncTransport} or,
 * over a message bus, {@link io.smollama.sync.MessageSyncTransport}; a {@link
 * io.smollama.sync.SyncService} answers behind any web server, and a {@link
 * io.smollama.sync.PythonSyncService} answers nodes with Smollama for Python. {@link
 * io.smollama.sync.SyncWire} is the form of the bytes between them, {@link
 * io.smollama.sync.BacklogFile} the way without a network. {@link io.smollama.sync.LogRetention}
 * keeps readings from filling a log.
 *
 * <pre>{@code
 * ReplicaSetup garden = ReplicaSetup.ofThisMachine("garden");
 * try (SqliteJournal journal = SqliteJournal.open(Path.of("data/journal.db"), garden)) {
 *   journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"The soil is dry\"}");
 *   journal.above(Frontier.EMPTY, 100); // ctl.genesis, then the observation
 *   journal.verify().isClean(); // true
 * }
 * }</pre>
 */
@NullMarked
package io.smollama.sync;

import org.jspecify.annotations.NullMarked;
