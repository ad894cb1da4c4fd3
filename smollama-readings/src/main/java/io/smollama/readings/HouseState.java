package io.smollama.readings;

import io.smollama.readings.HouseLife.Doing;
import io.smollama.readings.HouseLife.Place;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the simulated house is like inside, minute by minute: heat, vapour and air of each room
 * follow what is outside, the heating, the sun and who is there. One thread at a time.
 */
final class HouseState {
  private static final double MINUTES = 60;
  private static final double AIRING_HOURS = 2.5;
  private static final double FRESH_AIR = 420;
  private static final double DARK = 2_500;
  private static final double WARM = 24;
  private static final double OPEN_WINDOW = 5;
  private static final double BLINDS = 0.25;

  private final SmoothNoise chance;
  private final HouseWeather weather;
  private final HouseLife life;
  private final Map<HouseRoom, Air> rooms = new EnumMap<>(HouseRoom.class);
  private final Map<HouseSensor, Double> values = new HashMap<>();
  private long minute;

  /** The air of a room. */
  private static final class Air {
    double celsius;
    double vapour;
    double co2 = FRESH_AIR;
    boolean heated;
  }

  /** The house two days before, so that what it begins with no longer shows. */
  HouseState(long seed, long minute) {
    this.chance = new SmoothNoise(seed);
    this.weather = new HouseWeather(chance.of("weather"));
    this.life = new HouseLife(chance.of("life"));
    this.minute = minute - 2 * 1440;
    for (HouseRoom room : HouseRoom.values()) {
      Air air = new Air();
      air.celsius =
          room == HouseRoom.CELLAR ? 12 : room.heating > 0 ? 20 : weather.temperature(this.minute);
      air.vapour = 10;
      rooms.put(room, air);
    }
    advance(minute);
  }

  long minute() {
    return minute;
  }

  /** Goes on to a minute; time does not go back. */
  void advance(long to) {
    while (minute < to) {
      values.clear();
      minute++;
      Optional<Place> place = life.place(minute);
      rooms.forEach((room, air) -> live(room, air, place.filter(p -> p.room() == room)));
    }
  }

  private void live(HouseRoom room, Air air, Optional<Place> place) {
    air.heated = room.heating > 0 && air.celsius < wanted() + (air.heated ? 0.3 : -0.3);
    Optional<Doing> doing = place.map(Place::doing);
    double outside = room == HouseRoom.CELLAR ? 11 : weather.temperature(minute);
    boolean tooWarm = room.isLivedIn() && air.celsius > WARM;
    double warms =
        (outside - air.celsius) / (tooWarm && outside < air.celsius ? OPEN_WINDOW : room.inertia)
            + (air.heated ? room.heating : 0)
            + room.sun * weather.sunshine(minute) * (tooWarm ? BLINDS : 1)
            + (place.isPresent() ? 0.15 : 0)
            + (doing.filter(d -> d == Doing.COOK).isPresent() ? 1.5 : 0);
    double moistens =
        (dampness(room, air) - air.vapour) / AIRING_HOURS
            + doing.map(HouseState::vapour).orElse(0.0)
            + (room.isLivedIn() ? 0.5 : 0);
    double airs = (FRESH_AIR - air.co2) / AIRING_HOURS + (place.isPresent() ? 320 : 0);
    air.celsius += warms / MINUTES;
    air.vapour =
        Math.min(air.vapour + moistens / MINUTES, 0.97 * HouseWeather.saturation(air.celsius));
    air.co2 += airs / MINUTES;
  }

  /** What the vapour of a room comes to; a cellar has dry walls and a fan. */
  private double dampness(HouseRoom room, Air air) {
    double outside = weather.vapour(minute);
    return room == HouseRoom.CELLAR
        ? Math.min(0.55 * outside + 3.2, 0.78 * HouseWeather.saturation(air.celsius))
        : outside;
  }

  private static double vapour(Doing doing) {
    return switch (doing) {
      case SHOWER -> 30;
      case COOK -> 6;
      case SLEEP, REST -> 0.5;
    };
  }

  /** What the thermostats are set to. */
  private double wanted() {
    long time = Math.floorMod(minute, 1440L);
    return time >= 360 && time < 1350 ? 20.5 : 17.5;
  }

  private boolean isLit(HouseRoom room) {
    boolean there =
        life.place(minute)
            .filter(place -> place.room() == room && place.doing() != Doing.SLEEP)
            .isPresent();
    return there && weather.light(minute) < DARK / Math.max(0.1, room.window * 50);
  }

  /** What a sensor would say if it were perfect; the same for a whole minute. */
  double value(HouseSensor sensor) {
    return values.computeIfAbsent(sensor, this::computed);
  }

  private double computed(HouseSensor sensor) {
    return switch (sensor.room()) {
      case "outside" -> outside(sensor.quantity());
      case "front" -> life.doorIsOpen(minute) ? 1 : 0;
      case "whole" -> power();
      default -> inside(room(sensor.room()), sensor.quantity());
    };
  }

  private static HouseRoom room(String id) {
    return HouseRoom.valueOf(id.toUpperCase(Locale.ROOT));
  }

  private double outside(String quantity) {
    return switch (quantity) {
      case "temperature" -> weather.temperature(minute);
      case "humidity" -> weather.humidity(minute);
      case "pressure" -> weather.pressure(minute);
      default -> weather.light(minute);
    };
  }

  private double inside(HouseRoom room, String quantity) {
    Air air = rooms.get(room);
    return switch (quantity) {
      case "temperature" -> air.celsius;
      case "humidity" -> 100 * air.vapour / HouseWeather.saturation(air.celsius);
      case "co2" -> air.co2;
      case "motion" -> life.moves(room, minute) ? 1 : 0;
      default -> weather.light(minute) * room.window + (isLit(room) ? 180 : 0);
    };
  }

  /** A fridge and a router always, the rest when somebody does something. */
  private double power() {
    double watts = 31;
    watts += Math.floorMod(minute, 47L) < 16 ? 88 : 0;
    watts += rooms.values().stream().anyMatch(air -> air.heated) ? 55 : 0;
    for (HouseRoom room : HouseRoom.values()) {
      watts += room.isLivedIn() && isLit(room) ? 11 : 0;
    }
    Optional<Place> place = life.place(minute);
    if (place.filter(p -> p.doing() == Doing.COOK).isPresent()) {
      watts += 900 + 900 * chance.of("stove").even(Math.floorDiv(minute, 3));
    }
    if (place.filter(p -> p.room() == HouseRoom.LIVING_ROOM).isPresent()) {
      watts += 75;
    }
    return watts + life.washing(minute).map(since -> since < 22 ? 1_950.0 : 190.0).orElse(0.0);
  }
}
