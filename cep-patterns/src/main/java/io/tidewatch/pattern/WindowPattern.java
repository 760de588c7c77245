package io.tidewatch.pattern;

import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.WindowJudge;

/**
 * A sequence of windows of one series, each judged on its own before.
 *
 * <p>Only breaches match. So a normal window after a normal one need not be shown to the pattern,
 * and is not; one after a breach is, for it breaks the sequence.
 */
public interface WindowPattern extends AlertPattern<JudgedWindow> {

  WindowJudge judge();
}
