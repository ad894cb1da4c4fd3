package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RubbishFilesTest extends LinuxFixture {
  @ParameterizedTest
  @CsvSource({
    TEMP + ", cpu_temp",
    FREQ + ", cpu_freq",
    "proc/stat, cpu_percent",
    "proc/meminfo, mem_available_mb",
    "proc/loadavg, load_avg",
    "proc/uptime, uptime",
    "proc/net/dev, net_tx"
  })
  void failsItsSourceByNameButNotThePass(String file, String id) {
    machine.file(file, "hot: \0\u00ff stuff\n");
    ReadingProvider provider = open();
    assertThatThrownBy(() -> show(provider, id))
        .isInstanceOf(ReadingException.class)
        .hasMessageContaining("system:" + id)
        .hasMessageContaining(file)
        .hasMessageContaining("stuff");
    assertThat(ids(provider.readAll())).hasSizeGreaterThan(5).doesNotContain(id);
  }

  @Test
  void emptyFileIsRubbishToo() {
    machine.file(TEMP, "");
    assertThatThrownBy(() -> show(open(), "cpu_temp")).isInstanceOf(ReadingException.class);
  }

  @Test
  void isReadAgainWhenItIsMended() {
    machine.file(TEMP, "rubbish");
    ReadingProvider provider = open();
    provider.readAll();
    machine.file(TEMP, "40000\n");
    assertThat(ids(provider.readAll())).contains("cpu_temp");
  }
}
