package io.assay.gold.windows;

/** What an attribute of a query tells of the window that a row belongs to. */
enum Part {
  /** The time of the event, as it is. */
  TIME,
  /** The session of one event, before the events are grouped into sessions. */
  OWN_SESSION,
  /** The window: a struct of its start and its end. */
  WINDOW,
  /** When the window starts. */
  START,
  /** When it ends; no row of the window has that time, or a later one. */
  END
}
