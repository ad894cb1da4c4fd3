package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smollama.core.EmbeddingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedFolderTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path parent;
  @TempDir Path source;
  private PackedFile resource;

  @BeforeEach
  void writeResource() throws IOException {
    Path file = Files.writeString(source.resolve("resource"), "weights");
    resource = new PackedFile(file.toUri().toURL(), "");
  }

  private Path unpack(String version) {
    return UnpackedFolder.unpack(parent, "model", version, Map.of("net", resource)).resolve("net");
  }

  @Test
  void writesOnce() throws IOException {
    Path net = unpack("1");
    assertThat(net).isEqualTo(parent.resolve("model-1/net")).hasContent("weights");
    Files.setLastModifiedTime(net, LONG_AGO);
    unpack("1");
    assertThat(Files.getLastModifiedTime(net)).isEqualTo(LONG_AGO);
  }

  @Test
  void replacesATornFile() throws IOException {
    Files.writeString(unpack("1"), "wei");
    assertThat(unpack("1")).hasContent("weights");
  }

  @Test
  void removesOlderVersionsAndTornParts() throws IOException {
    Path old = unpack("1").getParent();
    Path part =
        Files.writeString(
            Files.createDirectory(parent.resolve("model-2")).resolve("net1.part"), "we");
    Path other = Files.createDirectory(parent.resolve("others-1"));
    assertThat(unpack("2")).hasContent("weights");
    assertThat(old).doesNotExist();
    assertThat(part).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void leavesNoPartWhenWritingFails() throws IOException {
    Files.createDirectories(parent.resolve("model-1/net/in-the-way"));
    EmbeddingException failure = catchThrowableOfType(EmbeddingException.class, () -> unpack("1"));
    assertThat(failure.culprit()).isEqualTo(parent.resolve("model-1").toString());
    assertThat(failure.isRetryable()).isTrue();
    assertThat(parent.resolve("model-1")).isDirectoryNotContaining("glob:**.part");
  }
}
