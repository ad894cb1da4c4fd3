package io.smollama.devices;

/** What is to be said when diozero's native library does not load. */
final class NativeLibrary {
  private NativeLibrary() {}

  static DeviceFault missing(Throwable failure) {
    return DeviceFault.lasting(
        "the native library for pins and buses cannot be used (%s)".formatted(failure.getMessage()),
        "It is for Linux on aarch64, armv7, armv6 and x86-64, and needs a java.io.tmpdir that is"
            + " not mounted noexec");
  }
}
