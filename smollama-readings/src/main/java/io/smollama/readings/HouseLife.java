package io.smollama.readings;

import java.util.Optional;

/**
 * Who lives in the simulated house: one person with habits, a job and free weekends; a function of
 * seed and time, in minutes since 1970. Immutable.
 */
record HouseLife(SmoothNoise chance) {
  private static final int DAY = 1440;

  /** What is done in a room. */
  enum Doing {
    SLEEP,
    SHOWER,
    COOK,
    REST
  }

  /** Where somebody is, and what for. */
  record Place(HouseRoom room, Doing doing) {}

  /** The hours of one day, in minutes after midnight. */
  private record Hours(int wake, int leave, int back, int sleep) {}

  private Hours hours(long day) {
    boolean weekend = Math.floorMod(day + 3, 7) >= 5; // 1 January 1970 was a Thursday
    int wake = at("wake", day, weekend ? 530 : 400, 25);
    int sleep = at("sleep", day, weekend ? 1420 : 1370, 25);
    return weekend
        ? new Hours(wake, at("leave", day, 830, 60), at("back", day, 960, 60), sleep)
        : new Hours(wake, at("leave", day, 490, 10), at("back", day, 1040, 30), sleep);
  }

  private int at(String what, long day, int usual, int scatter) {
    return (int) Math.round(usual + scatter * chance.of(what).bell(day));
  }

  /** Where the person is; empty while out. */
  Optional<Place> place(long minute) {
    long day = Math.floorDiv(minute, DAY);
    int now = (int) Math.floorMod(minute, (long) DAY);
    Hours hours = hours(day);
    boolean stillUp = now < hours(day - 1).sleep() - DAY;
    if (!stillUp && (now < hours.wake() || now >= hours.sleep())) {
      return Optional.of(new Place(HouseRoom.BEDROOM, Doing.SLEEP));
    }
    if (now >= hours.leave() && now < hours.back()) {
      return Optional.empty();
    }
    return Optional.of(awake(minute, now - hours.wake(), now - hours.back(), now));
  }

  private Place awake(long minute, int sinceWake, int sinceBack, int now) {
    if (sinceWake >= 5 && sinceWake < 20) {
      return new Place(HouseRoom.BATHROOM, Doing.SHOWER);
    }
    if (sinceWake >= 20 && sinceWake < 50) {
      return new Place(HouseRoom.KITCHEN, sinceWake < 28 ? Doing.COOK : Doing.REST);
    }
    int supper = 1110 + (int) (20 * chance.of("supper").bell(Math.floorDiv(minute, DAY)));
    if (sinceBack >= 0 && now >= supper && now < supper + 45) {
      return new Place(HouseRoom.KITCHEN, Doing.COOK);
    }
    double where = chance.of("where").even(Math.floorDiv(minute, 12));
    HouseRoom room =
        where < 0.62
            ? HouseRoom.LIVING_ROOM
            : where < 0.82
                ? HouseRoom.KITCHEN
                : where < 0.92 ? HouseRoom.BEDROOM : HouseRoom.BATHROOM;
    return new Place(room, Doing.REST);
  }

  /** Whether a sensor in a room sees somebody move; turning over in bed is seen now and then. */
  boolean moves(HouseRoom room, long minute) {
    double seen = chance.of(room.id()).even(minute);
    return place(minute)
        .filter(place -> place.room() == room)
        .map(place -> seen < (place.doing() == Doing.SLEEP ? 0.004 : 0.75))
        .orElse(false);
  }

  /** Whether the front door is open: for the minute of coming or going. */
  boolean doorIsOpen(long minute) {
    return place(minute).isPresent() != place(minute - 1).isPresent();
  }

  /** Whether the washing runs, and for how many minutes it has. */
  Optional<Integer> washing(long minute) {
    long day = Math.floorDiv(minute, DAY);
    int begin = at("washing", day, 1080, 40);
    int since = (int) Math.floorMod(minute, (long) DAY) - begin;
    boolean today = chance.of("laundry").even(day) < 0.35;
    return today && since >= 0 && since < 75 ? Optional.of(since) : Optional.empty();
  }
}
