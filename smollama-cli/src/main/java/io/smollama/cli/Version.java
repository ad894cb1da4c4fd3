package io.smollama.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, from its jar; "development" when run from class files. */
final class Version implements IVersionProvider {

  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "smollama " + current(),
      "Java %s (%s)"
          .formatted(System.getProperty("java.version"), System.getProperty("java.vendor"))
    };
  }
}
