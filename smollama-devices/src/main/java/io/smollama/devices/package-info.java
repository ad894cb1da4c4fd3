/**
 * Real hardware: the pins of a board, sensors on its buses, and what the kernel measures. Apart
 * from {@code smollama-readings}, because of the native library that it brings.
 */
@NullMarked
package io.smollama.devices;

import org.jspecify.annotations.NullMarked;
