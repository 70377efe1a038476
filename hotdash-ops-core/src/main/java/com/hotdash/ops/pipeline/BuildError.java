package com.hotdash.ops.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * One error that a build reported.
 *
 * @param kind what sort of error
 * @param file the source file, or {@code null} if it is not about one
 * @param line the line in it, or 0 if not known
 * @param message what the tool said; redacted
 */
public record BuildError(Kind kind, @Nullable String file, int line, String message) {
  /** Sorts of errors, the more telling first. */
  public enum Kind {
    /** Memory ran out. */
    OUT_OF_MEMORY(false),
    /** No space is left on the disk. */
    DISK(false),
    /** A credential is missing or was refused. */
    AUTH(false),
    /** The schema, a migration or the engine of Prisma. */
    PRISMA(false),
    /** A type does not fit. */
    TYPE(false),
    /** A rule of style. */
    LINT(false),
    /** A test failed. */
    TEST(false),
    /** A package is missing, or versions do not fit together. */
    DEPENDENCY(false),
    /** A registry of packages or images is not well, or wants fewer calls. */
    REGISTRY(true),
    /** A name was not resolved, or a connection broke. */
    NETWORK(true),
    /** Something took longer than it may. */
    TIMEOUT(false),
    /** A step of an image build failed. */
    DOCKER(false),
    /** Something else. */
    UNKNOWN(false);

    private final boolean passing;

    Kind(boolean passing) {
      this.passing = passing;
    }

    /**
     * Returns whether the same build may well succeed when it is made again.
     *
     * @return true if one re-run is worth it
     */
    public boolean passing() {
      return passing;
    }
  }

  @Override
  public String toString() {
    return kind + (file == null ? "" : " " + file + (line > 0 ? ":" + line : "")) + " " + message;
  }
}
