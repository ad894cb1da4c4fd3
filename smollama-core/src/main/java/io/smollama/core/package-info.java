/**
 * The words and ports that every part of Smollama shares. This artifact has no dependency but
 * annotations; whoever writes a sensor, an embedder, a journal, a chat model or a transport needs
 * only it.
 *
 * <p>Start with {@link io.smollama.core.Reading}, then {@link io.smollama.core.ReadingProvider},
 * {@link io.smollama.core.Journal}, {@link io.smollama.core.EmbeddingProvider}, {@link
 * io.smollama.core.ChatModel}, {@link io.smollama.core.MessageBus} and {@link
 * io.smollama.core.SyncTransport}.
 *
 * <pre>{@code
 * Reading hall = Reading.of("garden:soil", 41.5, "percent", Instant.now());
 * hall.describe(); // "garden:soil 41.5 %"
 * }</pre>
 */
@NullMarked
package io.smollama.core;

import org.jspecify.annotations.NullMarked;
