/**
 * Contract tests and fakes for the ports of {@code smollama-core}. Whoever writes a port's
 * implementation extends its contract in a test and gives it one instance:
 *
 * <pre>{@code
 * class GardenSensorTest extends ReadingProviderContract {
 *   protected ReadingProvider open() {
 *     return new GardenSensor();
 *   }
 * }
 * }</pre>
 *
 * <p>The fakes ({@link io.smollama.testkit.FixedReadings}, {@link
 * io.smollama.testkit.WordEmbeddings}, {@link io.smollama.testkit.InMemoryJournal}, {@link
 * io.smollama.testkit.ScriptedChatModel}, {@link io.smollama.testkit.InMemorySyncTransport}) pass
 * the same contracts. {@link io.smollama.testkit.ManualClock} is the time in tests.
 */
@NullMarked
package io.smollama.testkit;

import org.jspecify.annotations.NullMarked;
