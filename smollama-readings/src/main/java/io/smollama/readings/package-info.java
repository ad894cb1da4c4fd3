/**
 * Sensing: a hub that reads many providers without letting one harm the others, a sampler that does
 * so at a fixed pace, and the providers for the machine itself and for pins.
 *
 * <p>Start with {@link io.smollama.readings.ReadingHub}, then {@link io.smollama.readings.Sampler},
 * {@link io.smollama.readings.SystemReadings}, {@link io.smollama.readings.GpioReadings} and {@link
 * io.smollama.readings.ProviderState}. A sensor of your own is an {@link
 * io.smollama.core.ReadingProvider} that you register. What others say by messages is read by
 * {@link io.smollama.readings.MessageReadings}, and said by {@link
 * io.smollama.readings.EdgePublisher}. What is switched goes through an {@link
 * io.smollama.readings.ActuatorEnvelope}, which keeps the limits of each output.
 *
 * <pre>{@code
 * InstantSource clock = InstantSource.system();
 * try (ReadingHub hub = new ReadingHub(HubConfig.defaults(), clock, System::nanoTime);
 *     Sampler sampler = new Sampler(hub, SamplerConfig.defaults(), System::nanoTime)) {
 *   hub.register(SystemReadings.ofThisMachine(Path.of("/"), clock, System::nanoTime));
 *   GpioReadings pins = GpioReadings.of(SimulatedGpio.demoBoard(System::nanoTime), clock, System::nanoTime);
 *   pins.start();
 *   hub.register(pins);
 *   sampler.listen(batch -> batch.forEach(reading -> store(reading)));
 *   sampler.start();
 *   hub.read(SourceId.parse("system:cpu_temp")); // 45.5 °C, or empty if it has no sensor
 * }
 * }</pre>
 */
@NullMarked
package io.smollama.readings;

import org.jspecify.annotations.NullMarked;
