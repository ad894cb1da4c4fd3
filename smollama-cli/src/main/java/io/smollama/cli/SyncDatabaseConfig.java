package io.smollama.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The section {@code sync.database} of the configuration: the PostgreSQL in which a Llama server
 * keeps what nodes bring, which it may share with other servers. Immutable.
 *
 * @param url {@code jdbc:postgresql://host/database}, or several hosts with commas between them;
 *     empty to keep it in the state folder
 * @param user who logs in; empty for the driver's own choice
 * @param password empty for none
 * @param passwordFile a file with the password on its first line
 * @param connections the most that are open at a time, 2 to 100
 */
public record SyncDatabaseConfig(
    Optional<String> url,
    Optional<String> user,
    Optional<String> password,
    Optional<Path> passwordFile,
    int connections) {
  private static final String SCHEME = "jdbc:postgresql://";
  private static final int LEAST = 2;
  private static final int MOST = 100;

  public SyncDatabaseConfig {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(passwordFile, "passwordFile");
    url = url.map(String::strip).filter(text -> !text.isEmpty());
    if (url.isPresent() && !url.get().startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "sync.database.url is written jdbc:postgresql://host/database, was '%s'"
              .formatted(withoutSecrets(url.get())));
    }
    if (url.isPresent() && url.get().matches(".*[?&](user|password)=.*")) {
      throw new IllegalArgumentException(
          "User and password stand in sync.database.user and sync.database.password, not in sync.database.url");
    }
    if (password.isPresent() && passwordFile.isPresent()) {
      throw new IllegalArgumentException("Name sync.database.password or password_file, not both");
    }
    if (connections < LEAST || connections > MOST) {
      throw new IllegalArgumentException(
          "sync.database.connections is %d to %d, was %d".formatted(LEAST, MOST, connections));
    }
  }

  /** None named; 16 connections. */
  public static SyncDatabaseConfig defaults() {
    return new SyncDatabaseConfig(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 16);
  }

  /** What people call it: hosts and database, without user, password and options. */
  String name() {
    return "PostgreSQL " + withoutSecrets(url.orElse("")).replace(SCHEME, "");
  }

  private static String withoutSecrets(String address) {
    return address.replaceFirst("[?].*", "").replaceFirst("//[^/@]*@", "//");
  }

  /** Keeps the password out of logs. */
  @Override
  public String toString() {
    return "SyncDatabaseConfig[%s]".formatted(name());
  }
}
