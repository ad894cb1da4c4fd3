package io.smollama.readings;

import java.util.Locale;

/** The rooms of the simulated house, and how quickly each cools, warms and airs. Immutable. */
enum HouseRoom {
  LIVING_ROOM(45, 1.6, 1.0, 0.02, true),
  KITCHEN(38, 1.6, 0.5, 0.015, true),
  BEDROOM(42, 1.3, 0.3, 0.015, true),
  BATHROOM(40, 2.0, 0.1, 0.005, true),
  CELLAR(220, 0, 0, 0, false),
  ATTIC(9, 0, 2.2, 0, false);

  /** In how many hours it takes on most of a change outside. */
  final double inertia;

  /** By how many degrees an hour its heating warms it; 0 without one. */
  final double heating;

  /** By how many degrees an hour full sun warms it. */
  final double sun;

  /** Which part of the light outside comes in. */
  final double window;

  private final boolean livedIn;

  HouseRoom(double inertia, double heating, double sun, double window, boolean livedIn) {
    this.inertia = inertia;
    this.heating = heating;
    this.sun = sun;
    this.window = window;
    this.livedIn = livedIn;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isLivedIn() {
    return livedIn;
  }
}
