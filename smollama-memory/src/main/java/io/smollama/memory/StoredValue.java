package io.smollama.memory;

import io.smollama.core.ReadingValue;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A reading's value in a file of version 1: two columns, and a missing quantity was NaN. */
final class StoredValue {
  private StoredValue() {}

  static ReadingValue read(ResultSet row) throws SQLException {
    int kind = row.getInt("kind");
    return switch (kind) {
      case Samples.QUANTITY -> {
        double number = row.getDouble("value");
        yield new ReadingValue.Quantity(row.wasNull() ? Double.NaN : number);
      }
      case Samples.FLAG -> new ReadingValue.Flag(row.getInt("value") != 0);
      case Samples.TEXT -> new ReadingValue.Text(row.getString("value"));
      case Samples.JSON -> new ReadingValue.Json(row.getString("value"));
      default -> throw new SQLException("Unknown kind of value " + kind);
    };
  }
}
