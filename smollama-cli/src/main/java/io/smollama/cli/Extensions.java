package io.smollama.cli;

import io.smollama.core.ReadingProvider;
import io.smollama.core.ReadingProviderFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings in the providers that the configuration names: those of the program and those of the jars
 * in a folder. Without a name in the configuration no jar is looked at. One thread at a time.
 */
final class Extensions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

  private final URLClassLoader jars;
  private final Path folder;
  private final Map<String, ReadingProviderFactory<?>> factories = new TreeMap<>();

  private Extensions(URLClassLoader jars, Path folder) {
    this.jars = jars;
    this.folder = folder;
  }

  /** Looks for what there is; nothing at all if nothing is named. */
  static Extensions find(ExtensionsConfig config, Path folder) {
    boolean wanted = !config.sections().isEmpty();
    URL[] urls = wanted ? jars(folder) : new URL[0];
    Extensions found =
        new Extensions(new URLClassLoader(urls, Extensions.class.getClassLoader()), folder);
    if (wanted) {
      found.load();
    }
    return found;
  }

  private static URL[] jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new URL[0];
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        urls.add(jar.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("Extensions in %s cannot be read".formatted(folder), e);
    }
  }

  /** A jar that is broken does not hide those beside it. */
  @SuppressWarnings("rawtypes") // a class literal has no parameter
  private void load() {
    ServiceLoader.load(ReadingProviderFactory.class, jars).stream()
        .forEach(
            found -> {
              try {
                ReadingProviderFactory<?> factory = found.get();
                factories.putIfAbsent(factory.name(), factory);
              } catch (ServiceConfigurationError | LinkageError e) {
                LOG.warn("An extension in {} cannot be used: {}", folder, e.toString());
              }
            });
  }

  /**
   * The providers of the configuration, in its order. One that fails to open is there all the same
   * and says why, so that the node runs.
   *
   * @throws UserError if an extension is unknown or its settings are wrong
   */
  List<ReadingProvider> open(ExtensionsConfig config, InstantSource clock) {
    List<ReadingProvider> providers = new ArrayList<>();
    config.sections().forEach((name, section) -> providers.add(open(name, section, clock)));
    return providers;
  }

  private ReadingProvider open(String name, Setting section, InstantSource clock) {
    ReadingProviderFactory<?> factory = factories.get(name);
    if (factory == null) {
      throw new UserError(
          "%s: there is no extension '%s'%s. There is %s; a jar in %s brings more"
              .formatted(
                  section.place(),
                  name,
                  NearestName.hint(name, factories.keySet()),
                  factories.isEmpty() ? "none" : String.join(", ", factories.keySet()),
                  folder));
    }
    return open(factory, section, clock);
  }

  private static <C extends Record> ReadingProvider open(
      ReadingProviderFactory<C> factory, Setting section, InstantSource clock) {
    Class<C> type = factory.configuration();
    if (!Modifier.isPublic(type.getModifiers())) {
      return new UnopenedReadings(factory.name(), type.getName() + " is not public");
    }
    String path = ExtensionsConfig.KEY + "." + factory.name();
    C configuration = RecordBinder.bindNew(path, section, type);
    try {
      return factory.open(configuration, clock);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("The extension {} does not open", factory.name(), e);
      return new UnopenedReadings(factory.name(), "it does not open: " + e.getMessage());
    }
  }

  /** To be called when none of the providers is used any more. */
  @Override
  public void close() {
    try {
      jars.close();
    } catch (IOException e) {
      LOG.debug("Jars of extensions stay open", e);
    }
  }
}
