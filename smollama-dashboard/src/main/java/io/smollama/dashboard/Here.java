package io.smollama.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * From where and when things are looked at.
 *
 * @param node the name of this node
 * @param now for ages
 * @param asOf for what is true: now, or the moment that was asked for
 * @param zone the calendar of the node
 */
record Here(String node, Instant now, Instant asOf, ZoneId zone) {
  /** The day of a moment. */
  LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, zone);
  }
}
