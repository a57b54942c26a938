// Generated from the OpenAPI documents by `make clients-typescript`. Do not edit.

/** The paths that need no sign-in, and answer for whoever is signed in. */
export const OPEN: readonly string[] = ["/v1/crisis-resources"];
