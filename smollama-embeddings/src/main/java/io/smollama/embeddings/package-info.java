/**
 * Sentence embeddings inside the process, on ONNX Runtime. No service, no network, no environment
 * variable; 64-bit Linux, macOS on Apple silicon, and Windows. The models are artifacts of their
 * own: {@code smollama-model-all-minilm} and {@code smollama-model-e5-small}.
 *
 * <p>Start with {@link io.smollama.embeddings.OnnxEmbeddings} and the models that {@link
 * io.smollama.embeddings.ModelFile} knows; {@link io.smollama.embeddings.PairedEmbeddings} joins
 * two. Behind them, in the order that a text travels: {@code OnDemand}, {@code WordPieceTokenizer}
 * (with the words that {@code Vocabulary} reads), {@code OnnxModel}, and what these stand on,
 * {@code NativeRuntime}, {@code UnpackedFolder} and {@code PackedFile}.
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
