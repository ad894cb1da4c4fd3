package io.smollama.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Unpacks SQLite's native library into the state folder once, where its driver would otherwise do
 * so in the system's temporary folder at every start. Only starts faster: if it fails, the driver
 * does as it always did.
 */
final class Natives {
  private Natives() {}

  static void prepare(StateFolder state) {
    System.setProperty("java.io.tmpdir", state.temporary().toString());
    System.setProperty("org.sqlite.tmpdir", state.temporary().toString());
    String name = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Path folder = state.unpacked().resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    Path library = folder.resolve(name);
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (packed == null) {
        return;
      }
      if (!Files.isRegularFile(library)) {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, name, ".new");
        Files.copy(packed, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
      }
      System.setProperty("org.sqlite.lib.path", folder.toString());
      System.setProperty("org.sqlite.lib.name", name);
    } catch (IOException e) {
      System.clearProperty("org.sqlite.lib.path");
    }
  }
}
