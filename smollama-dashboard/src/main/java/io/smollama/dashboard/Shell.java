package io.smollama.dashboard;

/**
 * What every page has around its content.
 *
 * @param node the name of the node
 * @param version the version of the program
 * @param tab the page that is open: {@code overview}, {@code readings} …
 * @param now when it was made, for machines
 * @param stats the line at the foot
 */
record Shell(String node, String version, String tab, String now, String stats) {
  String title() {
    String page = tab.equals("overview") ? "" : capital(tab) + " · ";
    return page + node + " · Smollama";
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
