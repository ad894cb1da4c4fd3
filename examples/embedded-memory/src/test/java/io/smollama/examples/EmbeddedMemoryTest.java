package io.smollama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMemoryTest {
  @TempDir Path folder;

  @Test
  void findsAFactThatSharesNoWordWithTheQuestion() {
    assertThat(EmbeddedMemory.recall(folder, "is it damp downstairs"))
        .startsWith("The cellar floods");
  }
}
