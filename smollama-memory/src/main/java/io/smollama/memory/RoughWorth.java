package io.smollama.memory;

/**
 * What the rough nearness of an item is worth to its score, made ready to be told of many items:
 * one addition and one multiplication each. For one query. Immutable.
 */
final class RoughWorth {
  private final float[] usual;
  private final float[] reach;
  private final float[] angles;

  /**
   * Takes what it needs from a sketch, by length code and by number of differing signs.
   *
   * @param usual the worth of an item that is at a right angle
   * @param reach the worth of one in the same direction, besides
   * @param angles the cosines of the angles that differing signs speak of
   */
  RoughWorth(float[] usual, float[] reach, float[] angles) {
    this.usual = usual;
    this.reach = reach;
    this.angles = angles;
  }

  float of(int differing, byte lengthCode) {
    int code = lengthCode & 0xFF;
    return usual[code] + reach[code] * angles[differing];
  }
}
