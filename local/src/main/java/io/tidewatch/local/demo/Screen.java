package io.tidewatch.local.demo;

/** Where the demo is watched. */
interface Screen {

  /** Something that stays. */
  void say(String line);

  /** How far the current phase has got; the next line replaces it, where lines can be replaced. */
  void progress(String line);

  /** The state of things; the next one replaces it, where lines can be replaced. */
  void show(Picture picture);
}
