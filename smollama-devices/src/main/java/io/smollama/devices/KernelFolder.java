package io.smollama.devices;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the folder of a driver of the kernel, by its path or by the name of its chip. The name is
 * the better one: the kernel numbers its folders anew at each start. Immutable.
 *
 * @param root the folder that holds {@code /sys}
 * @param all where the folders of the kind are, {@code /sys/class/hwmon}
 * @param path the folder itself; empty to look for the chip
 * @param chip what its file {@code name} says; with what stands before an {@code @} it is meant too
 */
record KernelFolder(Path root, Path all, Optional<Path> path, Optional<String> chip) {

  KernelNumbers find() {
    return new KernelNumbers(path.map(this::byPath).orElseGet(this::byName));
  }

  private Path byPath(Path wanted) {
    Path folder = under(wanted);
    if (!Files.isDirectory(folder)) {
      throw DeviceFault.lasting("there is no folder " + wanted, present());
    }
    return folder;
  }

  private Path byName() {
    String wanted = chip.orElseThrow();
    List<Path> found =
        folders().stream()
            .filter(folder -> name(folder).equals(wanted) || name(folder).startsWith(wanted + "@"))
            .toList();
    if (found.isEmpty()) {
      throw DeviceFault.lasting("the kernel knows no chip '%s'".formatted(wanted), present());
    } else if (found.size() > 1) {
      throw DeviceFault.lasting(
          "%d chips are called '%s'".formatted(found.size(), wanted),
          "Name the path of one: "
              + found.stream()
                  .map(folder -> all.resolve(folder.getFileName()).toString())
                  .collect(Collectors.joining(", ")));
    }
    return found.get(0);
  }

  private Path under(Path absolute) {
    return root.resolve(Path.of("/").relativize(absolute));
  }

  /** Numbered folders in the order of their numbers. */
  private List<Path> folders() {
    Path folder = under(all);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.filter(Files::isDirectory).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path folder) {
    try {
      return new KernelNumbers(folder).text("name");
    } catch (IOException e) {
      return "";
    }
  }

  private String present() {
    String known =
        folders().stream()
            .map(folder -> "%s (%s)".formatted(name(folder), all.resolve(folder.getFileName())))
            .collect(Collectors.joining(", "));
    return known.isEmpty()
        ? "There is none in %s; an overlay in /boot/firmware/config.txt brings its driver"
            .formatted(all)
        : "There is " + known;
  }

  /** What went wrong at the files of a driver. */
  static DeviceFault explain(Throwable failure) {
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    String reason =
        cause instanceof IOException io
            ? FileFailure.reason(io)
            : String.valueOf(cause.getMessage());
    return DeviceFault.passing(
        "the kernel's driver gives no number (%s)".formatted(reason), "", failure);
  }
}
