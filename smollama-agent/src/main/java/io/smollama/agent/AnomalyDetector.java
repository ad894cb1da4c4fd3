package io.smollama.agent;

import java.util.OptionalDouble;

/**
 * Tells how unusual each value of one source is, from 0 to 1, in one pass and without knowing
 * anything before: whether this level was seen before, and whether this shape was, each weighed by
 * how often as much has come already. What follows an alarm closely counts only if it is louder
 * still. It keeps 35 KiB. Finite numbers only. One thread at a time.
 *
 * <p>Held against the Numenta Anomaly Benchmark by {@code NabYardstickTest}; how it came about is
 * told in docs/observers.md.
 */
public final class AnomalyDetector {
  /** From this score on something is worth telling. */
  public static final double WORTH_TELLING = 0.10;

  private static final double WEIGHT_OF_SHAPE = 1.0 / 3;

  /** For so many values after an alarm only what is so much louder is one again. */
  private static final int COOL_DOWN = 50;

  private static final double LOUDER = 1.2;

  private final LevelNovelty levels = new LevelNovelty();
  private final Habituation levelHabit = new Habituation();
  private final ShapeNovelty shapes = new ShapeNovelty();
  private final Habituation shapeHabit = new Habituation();
  private double loudest;
  private int sinceLoudest = COOL_DOWN;

  /** Takes the next value in; the more unusual, the higher. */
  public double score(double value) {
    float rounded = (float) value;
    double level = levelHabit.surprise(levels.residual(rounded));
    OptionalDouble residual = shapes.residual(rounded);
    double shape = residual.isPresent() ? shapeHabit.surprise(residual.getAsDouble()) : 0;
    double score = (level + WEIGHT_OF_SHAPE * shape) / (1 + WEIGHT_OF_SHAPE);
    sinceLoudest++;
    if (sinceLoudest <= COOL_DOWN && score < LOUDER * loudest) {
      return 0;
    }
    loudest = score;
    sinceLoudest = 0;
    return score;
  }
}
