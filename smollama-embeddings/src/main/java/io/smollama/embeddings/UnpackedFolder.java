package io.smollama.embeddings;

import io.smollama.core.EmbeddingException;
import io.smollama.core.FileFailure;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resources of a jar as plain files in {@code <parent>/<family>-<version>/}, written at the first
 * need. A file appears whole or not at all; one that is not what the jar holds, as a power cut or a
 * worn SD card can leave it, is replaced. Writing removes what other versions of the family left.
 */
final class UnpackedFolder {
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedFolder.class);
  private static final String PART = ".part";

  private UnpackedFolder() {}

  static synchronized Path unpack(
      Path parent, String family, String version, Map<String, PackedFile> files) {
    Path folder = parent.resolve(family + "-" + version).toAbsolutePath();
    try {
      boolean written = false;
      for (Map.Entry<String, PackedFile> file : files.entrySet()) {
        written |= unpack(file.getValue(), folder.resolve(file.getKey()));
      }
      if (written) {
        removeOtherVersions(parent, family, folder);
      }
      return folder;
    } catch (IOException e) {
      throw new EmbeddingException(
          folder.toString(), "cannot be unpacked: " + FileFailure.reason(e), true, e);
    }
  }

  private static boolean unpack(PackedFile packed, Path file) throws IOException {
    if (packed.isIntact(file)) {
      return false;
    }
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), PART);
    try {
      try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
        packed.copyTo(Channels.newOutputStream(out));
        out.force(true); // before the rename, or a power cut leaves an empty file of full size
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    LOG.debug("Unpacked {}", file);
    return true;
  }

  private static void removeOtherVersions(Path parent, String family, Path keep)
      throws IOException {
    try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, family + "-*")) {
      for (Path version : versions) {
        boolean kept = version.toAbsolutePath().equals(keep);
        removeFiles(version, kept ? "*" + PART : "*");
        if (!kept) {
          Files.delete(version);
        }
      }
    }
  }

  private static void removeFiles(Path folder, String pattern) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
