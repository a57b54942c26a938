// What must compile, and what must not, with the types that openapi-typescript makes of openapi.json.
// `make document` checks this file: an expected error that does not come is an error.
import type { components, operations } from "./openapi-typescript";

type Schemas = components["schemas"];
type Header<Name extends keyof operations> = operations[Name]["parameters"]["header"];

export const version: Header<"update_note"> = { "If-Match": '"3-9f1c7a52"' };

// @ts-expect-error A change without If-Match is refused with 428.
export const noVersion: Header<"update_note"> = { "Idempotency-Key": "one" };

// @ts-expect-error If-Match is a string, never null.
export const nullVersion: Header<"update_note"> = { "If-Match": null };

export const draft: Schemas["NoteUpdate"] = { sections: { data: "Came rested.", plan: null } };

export const hours: Schemas["ClinicUpdate"] = { hours: { mon: [{ opens: "09:00", closes: "17:00" }], sun: null } };

// @ts-expect-error A time has a name.
export const pairs: Schemas["ClinicUpdate"] = { hours: { mon: [["09:00", "17:00"]] } };

// @ts-expect-error It is no state of a plan.
export const state: Schemas["PlanState"] = "finished";

// A code that came after this document breaks no client.
export const code: Schemas["ProblemCode"] = "a-code-of-next-year";

export function allowed(problem: Schemas["NoteSignedProblem"]): readonly Schemas["NoteStep"][] {
  return problem.allowed ?? [];
}
