package io.smollama.memory;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A memory file that cannot be opened because it is damaged, on a machine that nobody can reach: it
 * is kept under another name, and a new one takes its place with what can be read of it. What was
 * never in the readings, the observations and facts, comes back from the journal when that file is
 * opened. Nobody may have the file open. One thread at a time.
 */
public final class DamagedFile {
  /** So many are kept; then the card is worn and somebody must look. */
  private static final int MOST_KEPT = 3;

  private static final String KEPT = ".damaged-";
  private static final String MENDING = ".mending";
  private static final String SUSPECT = ".suspect";
  private static final long SPARE_BYTES = 64L << 20;
  private static final int SIGNATURE = 16;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path file;

  public DamagedFile(Path file) {
    this.file = file;
  }

  /**
   * What became of a damaged file. Immutable.
   *
   * @param kept where it is now
   * @param carried what the new file has of it; empty if nothing can be read, or if the disk has no
   *     room for it now
   */
  public record Mended(Path kept, Optional<SalvageReport> carried) {}

  /**
   * Keeps the file under another name and puts one in its place with what can be read of it, or
   * none if nothing can. Whenever it is cut off, the damaged bytes are there.
   *
   * @param now for the name
   * @throws MemoryException if files cannot be moved, or if so many are kept already that there is
   *     no point in going on
   */
  public Mended mend(Instant now) {
    List<Path> before = kept(file);
    if (before.size() >= MOST_KEPT) {
      throw new MemoryException(
          file.toString(),
          "is damaged, and %d such files are kept already (%s, ...): the card may be worn. Look at it, delete what is not needed, and start again"
              .formatted(before.size(), before.get(0)),
          false,
          null);
    }
    Path fresh = beside(MENDING);
    SqliteFile.delete(fresh);
    Optional<SalvageReport> carried = carry(fresh);
    Path target = beside(KEPT + STAMP.format(now));
    try {
      keep(target);
      if (carried.isPresent()) {
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(file);
      }
      clear(file);
      SqliteFile.syncFolder(file);
    } catch (IOException e) {
      throw new MemoryException(
          file.toString(),
          "cannot be kept as %s: %s".formatted(target, FileFailure.reason(e)),
          true,
          e);
    }
    return new Mended(target, carried);
  }

  private Optional<SalvageReport> carry(Path fresh) {
    try {
      if (file.toFile().getUsableSpace() < Files.size(file) + SPARE_BYTES) {
        return Optional.empty();
      }
      return Optional.of(Salvage.run(file, fresh));
    } catch (IOException | MemoryException e) {
      SqliteFile.delete(fresh);
      return Optional.empty();
    }
  }

  /**
   * The write-ahead log goes first: beside another file it would be taken for that one's. A second
   * name of the same bytes, where the file system has such, leaves no moment without a file.
   */
  private void keep(Path target) throws IOException {
    for (String beside : List.of("-wal", "-shm")) {
      Path part = file.resolveSibling(file.getFileName() + beside);
      if (Files.exists(part)) {
        Files.move(part, target.resolveSibling(target.getFileName() + beside));
      }
    }
    try {
      Files.createLink(target, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.move(file, target);
    }
  }

  private Path beside(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /** The damaged files that are kept beside a file, oldest first. */
  public static List<Path> kept(Path file) {
    String prefix = file.getFileName() + KEPT;
    try (Stream<Path> siblings = Files.list(file.toAbsolutePath().getParent())) {
      return siblings
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(path -> !path.toString().endsWith("-wal") && !path.toString().endsWith("-shm"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Notes that damage was met, which may lie where nobody looks when the file is opened. */
  static void suspect(Path file) {
    try {
      Files.writeString(file.resolveSibling(file.getFileName() + SUSPECT), "");
    } catch (IOException e) {
      // where nothing can be written nothing can be mended either
    }
  }

  static boolean isSuspect(Path file) {
    return Files.exists(file.resolveSibling(file.getFileName() + SUSPECT));
  }

  /** All of it was looked at, or it is another file now. */
  static void clear(Path file) throws IOException {
    Files.deleteIfExists(file.resolveSibling(file.getFileName() + SUSPECT));
  }

  /**
   * Whether a file that does not begin as SQLite's do was one: its beginning is wiped, or its pages
   * are still those of a database. Anything else may be somebody's document.
   */
  static boolean lostItsBeginning(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] first = in.readNBytes(SIGNATURE);
      byte[] wiped = new byte[SIGNATURE];
      byte[] erased = new byte[SIGNATURE];
      Arrays.fill(erased, (byte) 0xFF);
      return Arrays.equals(first, wiped)
          || Arrays.equals(first, erased)
          || PageFile.hasPagesOfTables(file);
    } catch (IOException e) {
      return false;
    }
  }
}
