package io.smollama.devices;

import io.smollama.core.ReadingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the chip whose pins are on the header of a board. On a Raspberry Pi it is known by its
 * label, because its number differs between kernels; elsewhere it is the first. Immutable.
 *
 * @param folder where devices are, {@code /dev}
 * @param labels what a chip that may be opened calls itself
 * @param user who runs this
 */
record ChipFiles(Path folder, Function<Path, String> labels, String user) {
  private static final String PREFIX = "gpiochip";

  /** Of the chips with the header of Raspberry Pi 5, 4 and older ones. */
  private static final List<String> PI_LABELS =
      List.of("pinctrl-rp1", "pinctrl-bcm2711", "pinctrl-bcm2835");

  /** A chip and what it calls itself. Immutable. */
  record Chip(Path file, String label) {
    @Override
    public String toString() {
      return "%s (%s)".formatted(file.getFileName(), label);
    }
  }

  /**
   * The chip that is meant.
   *
   * @param wanted its name or label; empty for the one with the header
   * @throws ReadingException if there is none or it may not be opened, with what helps
   */
  Chip find(Optional<String> wanted) {
    List<Path> files = files();
    if (files.isEmpty()) {
      throw new ReadingException(
          folder.resolve(PREFIX + "0").toString(),
          "this machine has no GPIO chip. 'gpio.mock: true' simulates pins",
          true);
    }
    List<Path> open = files.stream().filter(ChipFiles::mayBeOpened).toList();
    List<Chip> chips = open.stream().map(file -> new Chip(file, labels.apply(file))).toList();
    Optional<Chip> found =
        wanted.isPresent() ? named(chips, wanted.get()) : ofTheHeader(files.get(0), chips);
    return found.orElseThrow(() -> noChip(wanted, files, open, chips));
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d{1,6}"))
          .filter(file -> !Files.isSymbolicLink(file)) // an old name of one that is there as well
          .sorted(Comparator.comparingInt(ChipFiles::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().substring(PREFIX.length()));
  }

  private static boolean mayBeOpened(Path file) {
    return Files.isReadable(file) && Files.isWritable(file);
  }

  private static Optional<Chip> named(List<Chip> chips, String wanted) {
    String name = wanted.replaceFirst("^/dev/", "");
    return chips.stream()
        .filter(
            chip -> chip.file().getFileName().toString().equals(name) || chip.label().equals(name))
        .findFirst();
  }

  private static Optional<Chip> ofTheHeader(Path first, List<Chip> chips) {
    return PI_LABELS.stream()
        .flatMap(label -> chips.stream().filter(chip -> chip.label().equals(label)))
        .findFirst()
        .or(() -> chips.stream().filter(chip -> chip.file().equals(first)).findFirst());
  }

  private ReadingException noChip(
      Optional<String> wanted, List<Path> files, List<Path> open, List<Chip> chips) {
    Optional<Path> closed =
        files.stream()
            .filter(file -> !open.contains(file))
            .filter(file -> wanted.isEmpty() || open.isEmpty() || named(file, wanted.get()))
            .findFirst();
    return closed
        .map(this::notAllowed)
        .orElseGet(
            () ->
                new ReadingException(
                    wanted.orElseThrow(),
                    "there is no such GPIO chip. Set gpio.chip to one of these: "
                        + chips.stream().map(Chip::toString).collect(Collectors.joining(", ")),
                    true));
  }

  private static boolean named(Path file, String wanted) {
    return file.endsWith(wanted.replaceFirst("^/dev/", ""));
  }

  /** A login that has the group now has to be a new one, so time alone mends nothing of it. */
  private ReadingException notAllowed(Path file) {
    String group = group(file);
    String fix =
        group.isEmpty() || group.equals("root")
            ? "A udev rule can give it to a group, see docs/pins.md"
            : "'sudo usermod -aG %s %s' lets it, from the next login or restart on"
                .formatted(group, user);
    return new ReadingException(
        file.toString(), "the user %s may not open it. %s".formatted(user, fix), true);
  }

  private static String group(Path file) {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
