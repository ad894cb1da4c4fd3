package io.smollama.sync;

import io.smollama.core.JournalException;
import java.sql.SQLException;
import java.sql.SQLTransientException;

/** Says in one line what is wrong with a database and what to do about it. */
final class PostgresFailure {
  private PostgresFailure() {}

  /** The failure; whether it is worth trying again is by the classes of SQLSTATE. */
  static JournalException of(SQLException e) {
    SQLException told = told(e);
    String state = told.getSQLState() == null ? "" : told.getSQLState();
    String shortClass = state.length() < 2 ? "" : state.substring(0, 2);
    String detail = " (" + String.valueOf(told.getMessage()).replaceAll("\\s+", " ") + ")";
    return switch (shortClass) {
      case "08" -> retryable("cannot be reached or broke off" + detail, e);
      case "57" -> retryable("was stopped, restarts or stopped the work" + detail, e);
      case "53" -> retryable("is out of disk, memory or connections; make room" + detail, e);
      case "40", "55" -> retryable("has others in the way" + detail, e);
      case "25" ->
          retryable("is a standby that takes no writes; name the primary as well" + detail, e);
      case "28" -> lasting("refuses the login; check user and password" + detail, e);
      case "3D" -> lasting("has no such database; create it" + detail, e);
      case "42" ->
          lasting("does not let this user at the tables, or these were changed" + detail, e);
      case "58", "XX" -> lasting("has a failing disk or damaged tables" + detail, e);
      default ->
          e instanceof SQLTransientException && state.isEmpty()
              ? retryable("cannot be reached" + detail, e)
              : lasting("failed" + detail, e);
    };
  }

  /** Rows that hold what they never can. */
  static JournalException damaged(String what, RuntimeException cause) {
    return new JournalException(
        PostgresDatabase.NAME,
        "has damaged rows of %s (%s); restore a backup".formatted(what, cause.getMessage()),
        false,
        cause);
  }

  /** What the driver said: a pool wraps it in words of its own, with the same state. */
  private static SQLException told(SQLException e) {
    SQLException told = e;
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        told = sql;
      }
    }
    return told;
  }

  private static JournalException retryable(String message, SQLException e) {
    return new JournalException(PostgresDatabase.NAME, message, true, e);
  }

  private static JournalException lasting(String message, SQLException e) {
    return new JournalException(PostgresDatabase.NAME, message, false, e);
  }
}
