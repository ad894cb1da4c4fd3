package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchedOutputTest {
  @ParameterizedTest
  @CsvSource({"No space left on device, true", "Broken pipe, false"})
  void aFullDiskLosesSomethingAndAReaderThatHasEnoughDoesNot(String trouble, boolean lost) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException(trouble);
          }
        };
    Terminal terminal = new Terminal(failing, InputStream.nullInputStream());
    terminal.line("one");
    assertThat(terminal.hasLost()).isEqualTo(lost);
  }
}
