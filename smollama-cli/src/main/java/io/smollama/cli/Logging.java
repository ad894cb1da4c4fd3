package io.smollama.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log: lines to standard error, so that answers on standard output stay clean. Done in
 * code because reading an XML file would cost a tenth of a second at every start. Thread-safe.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static volatile boolean verbose;
  private static volatile Level level = Level.WARN;

  /** Chooses how much is logged, before anything is. */
  static void choose(boolean debug, boolean node) {
    verbose = debug;
    level = debug ? Level.DEBUG : node ? Level.INFO : Level.WARN;
  }

  /** What a command tells by itself is not to stand in the log besides. */
  static void leaveOut(String logger) {
    boolean ours = LoggerFactory.getLogger(logger) instanceof ch.qos.logback.classic.Logger;
    if (ours && !verbose) {
      ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(logger)).setLevel(Level.OFF);
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(
        verbose
            ? "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{20} - %msg%n"
            : "%d{HH:mm:ss} %-5level %msg%n%nopex");
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(console);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    context.getLogger("io.smollama").setLevel(level);
    // What fails is told by who asked for it, once and in plain words.
    context.getLogger("com.zaxxer.hikari").setLevel(verbose ? Level.INFO : Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
