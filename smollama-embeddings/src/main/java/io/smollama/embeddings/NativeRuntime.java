package io.smollama.embeddings;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.smollama.core.EmbeddingException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native libraries: unpacked once into a folder of ours instead of the temporary
 * folder at every start, and loaded once in a JVM.
 *
 * <p>The version is pinned. From 1.29 on, the official Linux libraries carry telemetry that is on
 * by default, with a device id and a queue in the home folder, and only an environment variable set
 * before the JVM starts switches it off. 1.28.0 has none.
 */
final class NativeRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(NativeRuntime.class);

  static final String VERSION = "1.28.0";
  static final String PATH_PROPERTY = "onnxruntime.native.path";

  /** A library that failed to load stays so until the JVM ends: the first reason is kept. */
  private static @Nullable Throwable defect;

  private static boolean kept;

  private NativeRuntime() {}

  static synchronized OrtEnvironment environment(Path folder) {
    String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    if (defect == null) {
      try {
        if (System.getProperty(PATH_PROPERTY) == null) {
          System.setProperty(PATH_PROPERTY, unpack(folder, platform).toString());
        }
        OrtEnvironment environment =
            OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "smollama");
        keepUntilTheEnd();
        return environment;
      } catch (LinkageError e) {
        defect = root(e);
      }
    }
    throw new EmbeddingException(
        System.getProperty(PATH_PROPERTY),
        "ONNX Runtime %s for %s does not load: %s"
            .formatted(VERSION, platform, defect.getMessage()),
        false,
        defect);
  }

  /**
   * Takes a second reference to the native environment. ONNX Runtime's Java part gives the only one
   * back in a shutdown hook, and the order of hooks is open: a model that loads at that moment then
   * aborts the process, and with it the hooks that still write to the disk. There is no public way;
   * where the private one is shut, as between named modules, that risk stays.
   */
  private static void keepUntilTheEnd() {
    if (kept) {
      return;
    }
    kept = true;
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      api.setAccessible(true);
      create.setAccessible(true);
      create.invoke(
          null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR.getValue(), "smollama");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("Ending while a model loads may abort the process", e);
    }
  }

  private static Path unpack(Path folder, String platform) {
    Map<String, PackedFile> libraries = new HashMap<>();
    for (String name :
        new String[] {"onnxruntime", "onnxruntime4j_jni", "onnxruntime_providers_shared"}) {
      String file = System.mapLibraryName(name);
      URL library =
          OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform + "/" + file);
      if (library != null) {
        libraries.put(file, new PackedFile(library, ""));
      }
    }
    if (libraries.isEmpty()) {
      throw new EmbeddingException(
          platform, "ONNX Runtime " + VERSION + " has no native library for this platform", false);
    }
    return UnpackedFolder.unpack(folder, "onnxruntime", VERSION + "-" + platform, libraries);
  }

  /** The folder name in ONNX Runtime's jar; one that is not there for what it does not support. */
  static String platform(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    String system = os.contains("mac") ? "osx" : os.contains("win") ? "win" : os;
    String processor = arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch;
    return system + "-" + processor;
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
