package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new MalformedInputException(1), "it is no text in UTF-8"),
        Arguments.of(new IOException("Stream closed"), "Stream closed"),
        Arguments.of(new IOException(), "reading or writing failed"),
        Arguments.of(new NoSuchFileException("/x"), "there is no /x"),
        Arguments.of(new AccessDeniedException("/x"), "no right to use /x"),
        Arguments.of(new FileAlreadyExistsException("/x"), "/x is a file, not a folder"),
        Arguments.of(new FileSystemException("/x", null, "Is a directory"), "Is a directory"),
        Arguments.of(new FileSystemException("/x"), "the file system refused /x"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isSaidInPlainWords(IOException failure, String said) {
    assertThat(FileFailure.reason(failure)).isEqualTo(said);
  }
}
