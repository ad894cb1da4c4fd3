package io.smollama.devices;

import io.smollama.core.ReadingProvider;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.ReadingProviderContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of device is a provider like any other. */
class DeviceContractsTest {
  private static ReadingProvider chip(DeviceDriver driver, RegisterChip chip) {
    int address = driver.addresses().get(0);
    return open(
        DeviceConfig.onI2c("balcony", driver, 1, address),
        Path.of("/nowhere"),
        new FakeI2c().with(1, address, chip));
  }

  static ReadingProvider open(DeviceConfig config, Path root, I2cBuses buses) {
    return new Devices(new DevicesConfig(List.of(config)), new ManualClock(), () -> 0, root, buses)
        .sensors()
        .get(0);
  }

  @Nested
  class Bme280 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return chip(DeviceDriver.BME280, Chips.bme280());
    }
  }

  @Nested
  class Bmp280 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return chip(DeviceDriver.BMP280, Chips.bmp280());
    }
  }

  @Nested
  class Bmp180 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return chip(DeviceDriver.BMP180, Chips.bmp180());
    }
  }

  @Nested
  class Bh1750 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return chip(DeviceDriver.BH1750, Chips.bh1750());
    }
  }

  @Nested
  class Ads1115 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return chip(DeviceDriver.ADS1115, Chips.ads1115());
    }
  }

  @Nested
  class Mcp3008 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return OtherSensorsTest.converter(file("dev/spidev0.0", ""));
    }
  }

  @Nested
  class Hcsr04 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      return OtherSensorsTest.meter(file("dev/gpiochip0", "").getParent(), () -> 123.44);
    }
  }

  @Nested
  class Ds18b20 extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      file("sys/bus/w1/devices/w1_bus_master1/name", "");
      file("sys/bus/w1/devices/28-0000075a6f1c/w1_slave", KernelSensorsTest.GOOD);
      return ofKernel(DeviceConfig.onOneWire("water", "28-0000075a6f1c"));
    }
  }

  @Nested
  class Iio extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      file("sys/bus/iio/devices/iio:device0/in_temp_input", "25080\n");
      return measured(
          ofKernel(
              DeviceConfig.ofKernel(
                  "shed", DeviceDriver.IIO, Path.of("/sys/bus/iio/devices/iio:device0"))));
    }
  }

  @Nested
  class Hwmon extends ReadingProviderContract {
    @Override
    protected ReadingProvider open() {
      file("sys/class/hwmon/hwmon1/temp1_input", "42500\n");
      return measured(
          ofKernel(
              DeviceConfig.ofKernel(
                  "board", DeviceDriver.HWMON, Path.of("/sys/class/hwmon/hwmon1"))));
    }
  }

  @TempDir Path root;

  private ReadingProvider ofKernel(DeviceConfig config) {
    return open(config, root, new FakeI2c());
  }

  /** Its first answer tells what there is. */
  private static ReadingProvider measured(ReadingProvider provider) {
    provider.readAll();
    return provider;
  }

  private Path file(String name, String text) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
