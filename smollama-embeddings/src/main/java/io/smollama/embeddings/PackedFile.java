package io.smollama.embeddings;

import io.smollama.core.EmbeddingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A file in a jar that has to lie on the disk to be used.
 *
 * @param resource where it is packed
 * @param sha256 what it must be, in hexadecimal; empty where the jar is trusted
 */
record PackedFile(URL resource, String sha256) {

  /**
   * Whether a file is what the jar holds, by its size and CRC-32. That notices a torn or damaged
   * file in 20 ms for 23 MB, where a SHA-256 in a JVM that has just started takes four to seven
   * times as long.
   */
  boolean isIntact(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    URLConnection packed = connect();
    InputStream in = packed.getInputStream();
    try {
      return Files.size(file) == packed.getContentLengthLong()
          && (!(packed instanceof JarURLConnection jar) || crc(file) == jar.getJarEntry().getCrc());
    } finally {
      in.close(); // and with it the jar
    }
  }

  private static long crc(Path file) throws IOException {
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return crc.getValue();
  }

  /** Writes the file; one that is not what it must be is an {@link EmbeddingException}. */
  void copyTo(OutputStream out) throws IOException {
    MessageDigest digest = newDigest();
    try (InputStream in = new BufferedInputStream(connect().getInputStream())) {
      in.transferTo(new DigestOutputStream(out, digest));
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!sha256.isEmpty() && !sha256.equals(found)) {
      throw new EmbeddingException(
          resource.toString(),
          "is another file than the model's: its SHA-256 is %s, not %s".formatted(found, sha256),
          false);
    }
  }

  private URLConnection connect() throws IOException {
    URLConnection connection = resource.openConnection();
    connection.setUseCaches(false); // else the jar stays open a second time
    return connection;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
