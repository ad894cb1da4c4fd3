/**
 * Thinking: what the readings mean, and answers to questions about them. Code chooses what a model
 * sees; where no model is, the same choice is the answer.
 *
 * <p>Start with {@link io.smollama.agent.Ask}; then {@link io.smollama.agent.Answer}, {@link
 * io.smollama.agent.StatisticalObserver}, {@link io.smollama.agent.StatusReport} and {@link
 * io.smollama.agent.OllamaChatModel}. {@link io.smollama.agent.OpenAiChatModel} speaks to
 * llama-server. {@link io.smollama.agent.Chat} lets a model act: {@link io.smollama.agent.ToolLoop}
 * runs {@link io.smollama.agent.Tool}s within bounds, and a {@link io.smollama.agent.Turn} holds
 * what was done. {@link io.smollama.agent.Agent} answers what {@link io.smollama.agent.Triggers}
 * put into the {@link io.smollama.agent.Inbox}. {@link io.smollama.agent.ModelTrial} tells how well
 * a model would do.
 *
 * <p>{@link io.smollama.agent.Reflection} is what a node thinks about by itself: a {@link
 * io.smollama.agent.ModelObserver} looks at the readings, a {@link io.smollama.agent.ClaimCheck}
 * holds against them what facts claim.
 *
 * <pre>{@code
 * Ask ask =
 *     new Ask(store, List::of, Optional.of(embedder), Optional.of(ollama), clock, ZoneOffset.UTC);
 * Answer answer = ask.ask("is the machine busy");
 * answer.text(); // names system:load_avg with its value and age
 * }</pre>
 */
@NullMarked
package io.smollama.agent;

import org.jspecify.annotations.NullMarked;
