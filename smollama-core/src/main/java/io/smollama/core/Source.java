package io.smollama.core;

import java.util.Objects;

/**
 * What is known of a source before it is read. Immutable.
 *
 * @param id its name
 * @param label what its owner or driver calls it ({@code motion_sensor}); may be empty
 * @param unit the unit its readings carry; may be empty
 */
public record Source(SourceId id, String label, String unit) {
  public Source {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(unit, "unit");
  }
}
