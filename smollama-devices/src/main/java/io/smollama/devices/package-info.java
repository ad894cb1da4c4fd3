/**
 * Real hardware: sensors and displays on the buses of a board, and what the kernel measures. Apart
 * from {@code smollama-readings}, because of the native library that it brings.
 *
 * <p>Start with {@link io.smollama.devices.Devices}, which makes providers and displays of a {@link
 * io.smollama.devices.DevicesConfig}; then {@link io.smollama.devices.DeviceConfig}, {@link
 * io.smollama.devices.DeviceDriver}, {@link io.smollama.devices.Displays} and {@link
 * io.smollama.devices.TextDisplay}.
 *
 * <pre>{@code
 * DeviceConfig balcony = DeviceConfig.onI2c("balcony", DeviceDriver.BME280, 1, 0x76);
 * DevicesConfig config = new DevicesConfig(List.of(balcony));
 * Devices.ofThisMachine(config, clock, System::nanoTime).sensors().forEach(hub::register);
 * hub.read(SourceId.parse("balcony:temperature")); // 21.3 °C, or what is wrong and its fix
 * }</pre>
 */
@NullMarked
package io.smollama.devices;

import org.jspecify.annotations.NullMarked;
