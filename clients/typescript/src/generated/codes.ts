// Generated from the OpenAPI documents by `make clients-typescript`. Do not edit.

/** The codes of this version; a later one may have more. */
export type KnownCode =
  | "already-read"
  | "altered-state-hold"
  | "dose-held"
  | "emergency-opened"
  | "help-needs-sign-in"
  | "illegal-course-step"
  | "illegal-transition"
  | "kept-both"
  | "not-complete"
  | "not-found"
  | "note-in-error"
  | "note-not-signed"
  | "note-not-waiting"
  | "note-signed"
  | "rems-form-incomplete"
  | "retention"
  | "second-factor-needed"
  | "sections-missing"
  | "stale-version"
  | "strategies-incomplete"
  | "vital-differs";
