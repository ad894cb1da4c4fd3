package io.smollama.memory;

import io.smollama.core.ReadingValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A reading's value as two columns, kind and value. SQLite has no NaN: a missing quantity is it.
 */
record StoredValue(int kind, Object value) {
  private static final int QUANTITY = 0;
  private static final int FLAG = 1;
  private static final int TEXT = 2;
  private static final int JSON = 3;

  static StoredValue of(ReadingValue value) {
    if (value instanceof ReadingValue.Quantity quantity) {
      return new StoredValue(QUANTITY, quantity.number());
    } else if (value instanceof ReadingValue.Flag flag) {
      return new StoredValue(FLAG, flag.on() ? 1 : 0);
    } else if (value instanceof ReadingValue.Text text) {
      return new StoredValue(TEXT, text.words());
    }
    return new StoredValue(JSON, ((ReadingValue.Json) value).json());
  }

  void bind(PreparedStatement statement, int column) throws SQLException {
    statement.setInt(column, kind);
    statement.setObject(column + 1, value);
  }

  static ReadingValue read(ResultSet row) throws SQLException {
    int kind = row.getInt("kind");
    return switch (kind) {
      case QUANTITY -> {
        double number = row.getDouble("value");
        yield new ReadingValue.Quantity(row.wasNull() ? Double.NaN : number);
      }
      case FLAG -> new ReadingValue.Flag(row.getInt("value") != 0);
      case TEXT -> new ReadingValue.Text(row.getString("value"));
      case JSON -> new ReadingValue.Json(row.getString("value"));
      default -> throw new SQLException("Unknown kind of value " + kind);
    };
  }
}
