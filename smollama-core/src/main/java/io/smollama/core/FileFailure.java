package io.smollama.core;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says why a file cannot be used, in words for whoever can mend it and without the name of an
 * exception. Thread-safe.
 */
public final class FileFailure {
  private FileFailure() {}

  /** The reason in a few words, to stand after a colon or in brackets. */
  public static String reason(IOException e) {
    if (e instanceof FileSystemException failure) {
      return ofFileSystem(failure);
    } else if (e instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    return e.getMessage() == null ? "reading or writing failed" : e.getMessage();
  }

  private static String ofFileSystem(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no " + e.getFile();
    } else if (e instanceof AccessDeniedException) {
      return "no right to use " + e.getFile();
    } else if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return e.getFile() + " is a file, not a folder";
    } else if (e instanceof DirectoryNotEmptyException) {
      return e.getFile() + " is a folder with something in it";
    }
    return e.getReason() == null ? "the file system refused " + e.getFile() : e.getReason();
  }
}
