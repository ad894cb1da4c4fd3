package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts a source into plain words, from nothing but its id, label and unit. The name is for people
 * ("CPU load"); the description is for an embedder and says what people ask about it ("how busy the
 * machine is"), because a question seldom holds the words of an id. Immutable.
 */
public final class SourceWords {
  /** Sources of the system, by id: name, and what people ask. */
  private static final Map<String, String[]> SYSTEM =
      Map.ofEntries(
          entry("cpu_temp", "CPU temperature", "how hot the processor is, heat, overheating"),
          entry("cpu_freq", "CPU clock frequency", "how fast the processor clock runs, speed"),
          entry("cpu_percent", "CPU use", "how busy the processor is, percent of CPU used"),
          entry("mem_percent", "memory in use", "how much RAM memory is used, percent"),
          entry("mem_available_mb", "memory available", "how much RAM memory is free, available"),
          entry("load_avg", "CPU load", "load average, how busy the machine is, work waiting"),
          entry("disk_percent", "disk in use", "how full the SD card or disk is, storage used"),
          entry("disk_free_mb", "disk space free", "how much storage is left on the SD card, disk"),
          entry("uptime", "uptime", "how long this node has been running since its last restart"),
          entry("net_rx", "network received", "network traffic coming in, download speed"),
          entry("net_tx", "network sent", "network traffic going out, upload speed"),
          entry("under_voltage", "weak power", "is the power supply too weak, under-voltage"),
          entry(
              "under_voltage_since_boot",
              "weak power since boot",
              "was the power supply too weak at some time, under-voltage"),
          entry("throttled", "throttled", "is the processor slowed down for heat or weak power"),
          entry("storage_wear", "storage wear", "how worn the SD card or eMMC storage is"),
          entry("disk_errors", "disk errors", "errors of the file system, is the SD card dying"));

  /** What people ask about things that sensors name. */
  private static final Map<String, String> ASKED =
      Map.ofEntries(
          Map.entry("temperature", "how warm, hot or cold it is"),
          Map.entry("temp", "temperature, how warm, hot or cold it is"),
          Map.entry("humidity", "how humid, damp or dry the air is"),
          Map.entry("motion", "movement, presence, is anybody there"),
          Map.entry("presence", "is anybody there, somebody at home"),
          Map.entry("occupancy", "is anybody there, somebody in the room"),
          Map.entry("co2", "carbon dioxide, air quality, stale air, fresh air"),
          Map.entry("voc", "air quality, smell, stale air"),
          Map.entry("pm25", "fine dust, air quality, smoke"),
          Map.entry("window", "is the window open or closed"),
          Map.entry("door", "is the door open or closed, entrance"),
          Map.entry("leak", "water on the floor, flood, wet"),
          Map.entry("soil", "is the ground wet or dry, do the plants need water"),
          Map.entry("moisture", "wet or dry, does it need water"),
          Map.entry("rain", "how much it rained, rainfall, weather"),
          Map.entry("wind", "how windy it is, storm, weather"),
          Map.entry("pressure", "how high the pressure is"),
          Map.entry("power", "electricity used now, watts, is it running"),
          Map.entry("energy", "electricity used, kilowatt hours"),
          Map.entry("washer", "washing machine, laundry done"),
          Map.entry("dryer", "tumble dryer, laundry dry"),
          Map.entry("dishwasher", "are the dishes done"),
          Map.entry("meter", "whole house, total consumption"),
          Map.entry("illuminance", "how bright it is, daylight, sun, dark"),
          Map.entry("lux", "how bright it is, daylight, dark"),
          Map.entry("mailbox", "letter box, post, mail has come"),
          Map.entry("lid", "was it opened"),
          Map.entry("lamp", "light, is the light on or off"),
          Map.entry("light", "lamp, is the light on or off"),
          Map.entry("led", "lamp, is the light on or off"),
          Map.entry("button", "is it pressed, switch, bell"),
          Map.entry("pump", "is it pumping, running, watering"),
          Map.entry("freezer", "frozen food"),
          Map.entry("fridge", "refrigerator, food kept cool"),
          Map.entry("boiler", "heating, hot water"),
          Map.entry("heating", "radiator, is the heating on"),
          Map.entry("radiator", "heating"),
          Map.entry("battery", "charge left, battery empty or full"),
          Map.entry("smoke", "fire alarm"),
          Map.entry("gas", "gas leak, alarm"),
          Map.entry("noise", "how loud it is, sound"),
          Map.entry("sound", "how loud it is, noise"),
          Map.entry("level", "how full it is"),
          Map.entry("tank", "how full the tank is"),
          Map.entry("distance", "how far away it is"),
          Map.entry("lock", "is it locked"),
          Map.entry("bed", "is somebody sleeping"),
          Map.entry("solar", "sun, electricity produced, panels"));

  private SourceWords() {}

  private static Map.Entry<String, String[]> entry(String id, String name, String asked) {
    return Map.entry(id, new String[] {name, asked});
  }

  /**
   * What people call the source: "CPU load", "kitchen temperature", "motion sensor", "CPU load of
   * attic-pi".
   */
  public static String name(Reading reading) {
    String name = nameThere(reading);
    return reading.source().node().map(node -> name + " of " + node).orElse(name);
  }

  /** The same, where it is clear which node it is of. */
  public static String nameThere(Reading reading) {
    return name(reading.source().there(), label(reading));
  }

  static String name(SourceId source, String label) {
    String[] known = SYSTEM.get(source.id());
    if (source.type().equals("system") && known != null) {
      return known[0];
    }
    String words = spaced(label.isBlank() ? source.id() : label);
    if (words.chars().anyMatch(Character::isLetter)) {
      return words;
    }
    return (source.type().equals("gpio") ? "pin" : source.type()) + " " + words;
  }

  /** Name, unit and what people ask, for an embedder. */
  static String description(Reading reading) {
    String asked = description(reading.source().there(), label(reading), reading.unit());
    return reading.source().node().map(node -> spaced(node) + " " + asked).orElse(asked);
  }

  static String description(SourceId source, String label, String unit) {
    String[] known = SYSTEM.get(source.id());
    if (source.type().equals("system") && known != null) {
      return known[0] + ": " + known[1];
    }
    String name = name(source, label);
    Set<String> asked = new LinkedHashSet<>();
    for (String word : name.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (ASKED.containsKey(word)) {
        asked.add(ASKED.get(word));
      }
    }
    String symbol = Units.symbol(unit);
    return name
        + (asked.isEmpty() ? "" : ": " + String.join(", ", asked))
        + (symbol.isEmpty() ? "" : " (" + symbol + ")");
  }

  private static String label(Reading reading) {
    return reading.metadata().getOrDefault("name", "");
  }

  private static String spaced(String id) {
    return id.replaceAll("[/_:.\\-]+", " ").strip();
  }
}
