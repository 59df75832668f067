package dev.migrate.revision;

/** The graphs that several tests ask about. */
final class Graphs {
  private Graphs() {}

  static Sketch linear() {
    return Sketch.of("a <- b <- c <- d <- e");
  }

  static Sketch branched() {
    return Sketch.of("a <- b", "b <- c1 <- d1", "b <- c2 <- d2")
        .label("c1", "left")
        .label("c2", "right");
  }

  static Sketch merged() {
    return Sketch.of("a <- b", "b <- c1 <- d1", "b <- c2 <- d2", "d1, d2 <- e <- f")
        .label("c1", "left")
        .label("c2", "right");
  }

  /** Two bases that are joined, while one of the branches goes on. */
  static Sketch mergedAndContinued() {
    return Sketch.of("a1 <- b1 <- c1", "a2 <- b2 <- c2", "c1, c2 <- d1", "c2 <- d2");
  }

  static Sketch threeWay() {
    return Sketch.of(
        "a1 <- b1 <- c1",
        "a2 <- b2 <- c2",
        "a3 <- b3 <- c3",
        "c1, c2, c3 <- d1",
        "c2 <- d2",
        "c3 <- d3");
  }

  static Sketch threeBases() {
    return Sketch.of(
            "base1 <- a1a <- b1a",
            "base1 <- a1b <- b1b",
            "base2 <- a2 <- b2 <- c2 <- d2",
            "base3 <- a3 <- b3")
        .depends("b1b", "a3")
        .depends("c2", "a3")
        .label("base1", "b_1")
        .label("base2", "b_2")
        .label("base3", "b_3");
  }
}
