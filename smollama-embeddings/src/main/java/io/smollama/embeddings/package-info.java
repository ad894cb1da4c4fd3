/**
 * Sentence embeddings inside the process: all-MiniLM-L6-v2, quantised, on ONNX Runtime. No service,
 * no network, no environment variable; 64-bit Linux, macOS on Apple silicon, and Windows.
 *
 * <p>Start with {@link io.smollama.embeddings.OnnxEmbeddings}. Behind it, in the order that a text
 * travels: {@code WordPieceTokenizer} (with the words that {@code Vocabulary} reads), {@code
 * OnnxModel}, and what these stand on, {@code NativeRuntime} and {@code UnpackedFolder}.
 *
 * <pre>{@code
 * try (EmbeddingProvider embeddings = new OnnxEmbeddings(stateFolder.resolve("embeddings"))) {
 *   Embedding note = embeddings.embed("CPU temperature 71.3 °C is unusually high");
 *   embeddings.embedQuery("how hot is the processor").cosine(note); // 0.6
 * }
 * }</pre>
 */
@NullMarked
package io.smollama.embeddings;

import org.jspecify.annotations.NullMarked;
