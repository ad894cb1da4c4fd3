package io.smollama.dashboard;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names and addresses by which a machine speaks to itself. No name is looked up. */
final class LoopbackName {
  private static final Pattern IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}");

  private LoopbackName() {}

  /** A host as it stands in an address. */
  static String bracketed(String host) {
    return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** Whether a host, an IPv6 address with or without its brackets, is this machine itself. */
  static boolean is(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || IPV4.matcher(name).matches();
  }
}
