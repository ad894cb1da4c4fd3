package io.smollama.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells one machine from another, so that a copied card does not write under the name of its
 * original.
 *
 * <p>A fingerprint is text of {@code key=value} parts: the device-tree serial number, the id of the
 * first fixed disk (the CID of an SD card, else a serial number or WWID), and the address of the
 * first network card. Disks and cards bear their device's name in the key and are taken lowest name
 * first. A network card counts only with a {@code device} link, which bridges, tunnels and
 * containers' interfaces lack, and with its permanent address, so that address randomisation
 * changes nothing. What cannot be read is left out; if nothing can, the fingerprint is {@link
 * #UNKNOWN}. Immutable.
 */
public final class HardwareFingerprint {
  /** The fingerprint of a machine that shows nothing of itself; it never counts as a change. */
  public static final String UNKNOWN = "unknown";

  private static final List<String> DISK_IDS =
      List.of("device/cid", "device/serial", "device/wwid", "serial", "wwid");

  private HardwareFingerprint() {}

  /**
   * The fingerprint of the machine whose file system this is.
   *
   * @param root {@code /}, or a folder with a {@code sys} folder of the same shape
   */
  public static String of(Path root) {
    Path sys = root.resolve("sys");
    List<String> parts = new ArrayList<>();
    text(sys.resolve("firmware/devicetree/base/serial-number"))
        .ifPresent(serial -> parts.add("board=" + serial));
    first(sys.resolve("block"), HardwareFingerprint::diskId).ifPresent(parts::add);
    first(sys.resolve("class/net"), HardwareFingerprint::address).ifPresent(parts::add);
    return parts.isEmpty() ? UNKNOWN : String.join(" ", parts);
  }

  /**
   * Whether these are two machines: a part that both name differs, or they have no part in common.
   * A part that only one names, a network card that was not up yet, says nothing.
   */
  static boolean differ(String known, String now) {
    if (known.equals(UNKNOWN) || now.equals(UNKNOWN)) {
      return false;
    }
    Map<String, String> before = parts(known);
    Map<String, String> after = parts(now);
    List<String> common = after.keySet().stream().filter(before::containsKey).toList();
    return common.isEmpty()
        || !common.stream().allMatch(key -> after.get(key).equals(before.get(key)));
  }

  /** All that is known of a machine, the newer word winning. */
  static String merge(String known, String now) {
    if (known.equals(UNKNOWN) || now.equals(UNKNOWN)) {
      return known.equals(UNKNOWN) ? now : known;
    }
    Map<String, String> all = parts(known);
    all.putAll(parts(now));
    return all.values().stream().collect(Collectors.joining(" "));
  }

  private static Map<String, String> parts(String fingerprint) {
    Map<String, String> parts = new TreeMap<>();
    for (String part : fingerprint.split(" ")) {
      parts.put(part.substring(0, Math.max(0, part.indexOf('='))), part);
    }
    return parts;
  }

  private static Optional<String> diskId(Path disk) {
    if (text(disk.resolve("removable")).equals(Optional.of("1"))) {
      return Optional.empty();
    }
    return DISK_IDS.stream()
        .flatMap(name -> text(disk.resolve(name)).stream())
        .findFirst()
        .map(id -> "disk." + disk.getFileName() + "=" + id);
  }

  private static Optional<String> address(Path card) {
    boolean permanent = text(card.resolve("addr_assign_type")).orElse("0").equals("0");
    if (!permanent || !Files.exists(card.resolve("device"))) {
      return Optional.empty();
    }
    return text(card.resolve("address")).map(mac -> "net." + card.getFileName() + "=" + mac);
  }

  private static Optional<String> first(Path folder, Function<Path, Optional<String>> read) {
    try (Stream<Path> devices = Files.list(folder)) {
      return devices.sorted().flatMap(device -> read.apply(device).stream()).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A small file's text; device-tree strings end in a zero byte, and a part holds no space. */
  private static Optional<String> text(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return Optional.of(text.replace("\0", "").strip().replaceAll("\\s+", "_"))
          .filter(stripped -> !stripped.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
