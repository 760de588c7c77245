package io.tidewatch.local.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** The C library's part that Java does not offer. */
interface Libc extends Library {

  Libc INSTANCE = Native.load("c", Libc.class);

  /** Leaves the terminal's session, so that Ctrl-C there does not reach this process. */
  int setsid();
}
