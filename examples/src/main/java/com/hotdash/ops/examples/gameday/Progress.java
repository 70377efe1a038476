package com.hotdash.ops.examples.gameday;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person how far it got: on a terminal by a last line that lives, elsewhere by plain lines.
 * Thread-safe.
 */
final class Progress implements AutoCloseable {
  private static final int NARROWEST = 40;

  private final PrintStream out;
  private final int width;
  private String doing = "";
  private @Nullable Sample seen;

  /**
   * @param width the terminal's columns, or 0 if there is none
   */
  Progress(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  static Progress on(PrintStream out) {
    return new Progress(out, terminalWidth());
  }

  private static int terminalWidth() {
    try (var terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      boolean dumb =
          terminal.getType().startsWith(Terminal.TYPE_DUMB) || terminal.getWidth() < NARROWEST;
      return dumb ? 0 : terminal.getWidth();
    } catch (IOException e) {
      // Whoever reads this gets plain lines, which lose nothing.
      return 0;
    }
  }

  synchronized void line(String text) {
    wipe();
    out.println(text);
    draw();
  }

  /** Says what is being done now. Without a terminal only what is done is told. */
  synchronized void begin(String what) {
    doing = what;
    draw();
  }

  synchronized void done(String what) {
    doing = "";
    line("  " + what);
  }

  synchronized void sampled(Sample sample) {
    seen = sample;
    draw();
  }

  /** Leaves the terminal's last line empty, so that what follows starts at its beginning. */
  @Override
  public synchronized void close() {
    doing = "";
    wipe();
    out.flush();
  }

  private void wipe() {
    if (width > 0) {
      out.print("\r\u001b[K");
    }
  }

  private void draw() {
    if (width == 0 || doing.isEmpty()) {
      return;
    }
    var now = seen;
    var text =
        "  "
            + doing
            + " …"
            + (now == null
                ? ""
                : String.format(
                    Locale.ROOT,
                    "   free slots %d, waiting sessions %d",
                    now.freeSlots(),
                    now.waiting()));
    wipe();
    out.print(text.substring(0, Math.min(text.length(), width - 1)));
    out.flush();
  }
}
