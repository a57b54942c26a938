/** The safety plan of a chart: what is in force, what waits for the patient, and writing the next version. */
import { unwrap, type components } from "@integration-journal/client";
import { desk } from "./desk.js";
import type { Fields } from "./merge.js";
import { isSameJson, sendOnce } from "./sent.js";
import { data } from "./things.js";

type Schemas = components["schemas"];
export type SafetyPlan = Schemas["SafetyPlan"];
export type PatientSafetyPlan = Schemas["PatientSafetyPlan"];
export type Contact = SafetyPlan["professionals"][number] | SafetyPlan["people_to_ask"][number];

/** The six steps, in the order in which they are taken: each has lines, or people and places. */
export const STEPS = [
  ["warning_signs", "lines"],
  ["internal_coping", "lines"],
  ["distraction", "contacts"],
  ["people_to_ask", "contacts"],
  ["professionals", "contacts"],
  ["means_safety", "lines"],
] as const;
export const MAX_LINES = 20;

const { http } = desk.client;
const path = (patient_id: string) => ({ path: { patient_id } });

export const readSafetyPlan = (patient_id: string): Promise<PatientSafetyPlan> => data(unwrap(http.GET("/v1/patients/{patient_id}/safety-plan", { params: path(patient_id) })));
export const readSafetyPlanVersions = async (patient_id: string): Promise<SafetyPlan[]> => (await data(unwrap(http.GET("/v1/safety-plans", { params: { query: { patient_id, limit: 50 } } })))).items;
export const readSafetyPlanDiff = (patient_id: string, from_number: number, to_number: number) =>
  data(unwrap(http.GET("/v1/patients/{patient_id}/safety-plan/diff", { params: { ...path(patient_id), query: { from_number, to_number } } })));
export const reviewSafetyPlan = ({ id, version }: SafetyPlan, review_on: string) =>
  unwrap(http.POST("/v1/safety-plans/{safety_plan_id}/review", { params: { path: { safety_plan_id: id }, header: { "If-Match": `"${version}"` } }, body: { review_on } }));

/** The newest version, draft or not, if there is one. */
export const newestOf = ({ in_force, draft }: PatientSafetyPlan): SafetyPlan | null => ((in_force?.number ?? 0) > (draft?.number ?? 0) ? in_force : draft);
export const numberOf = (plans: PatientSafetyPlan): number => newestOf(plans)?.number ?? 0;

const linesOf = (text: string | undefined): string[] => (text ?? "").split("\n").map((line) => line.trim()).filter(Boolean);

/** Return the texts of a version as fields: a text for each step of lines, three for each person or place. */
export function fieldsOf(plan: SafetyPlan | null, after: number): Fields {
  const fields: Fields = { after: String(after), reason_for_living: plan?.reason_for_living ?? "", review_on: plan?.review_on ?? "" };
  for (const [step, kind] of STEPS) {
    if (kind === "lines") fields[step] = (plan?.[step] ?? []).join("\n");
    else
      (plan?.[step] ?? []).forEach((contact: Contact, at) => {
        fields[`${step}.${at}.name`] = contact.name;
        fields[`${step}.${at}.phone`] = contact.phone ?? "";
        fields[`${step}.${at}.hours`] = ("hours" in contact && contact.hours) || "";
      });
  }
  return fields;
}

/** The numbers of the people and places of a step: those that stand there, and one that is empty. */
export function rowsOf(fields: Fields, step: string): number[] {
  const numbers = Object.keys(fields).filter((name) => name.startsWith(`${step}.`)).map((name) => Number(name.split(".")[1]));
  const next = Math.max(-1, ...numbers) + 1;
  const shown = [...new Set(numbers)].sort((a, b) => a - b).filter((at) => fields[`${step}.${at}.gone`] !== "yes");
  return shown.length < MAX_LINES ? [...shown, next] : shown;
}

function contactsOf(fields: Fields, step: string) {
  const text = (at: number, part: string): string => (fields[`${step}.${at}.${part}`] ?? "").trim();
  return rowsOf(fields, step)
    .filter((at) => text(at, "name") || text(at, "phone") || text(at, "hours"))
    .map((at) => ({ name: text(at, "name"), phone: text(at, "phone") || null, hours: text(at, "hours") || null }));
}
const people = (fields: Fields, step: string) => contactsOf(fields, step).map(({ name, phone }) => ({ name, phone }));

/** Send the next version. Returns null, or the version that has arrived under this id if another one is to be written after it. */
export async function sendSafetyPlan(patient_id: string, id: string, fields: Fields): Promise<SafetyPlan | null> {
  const after_number = Number(fields["after"]);
  const content = {
    warning_signs: linesOf(fields["warning_signs"]),
    internal_coping: linesOf(fields["internal_coping"]),
    distraction: people(fields, "distraction"),
    people_to_ask: people(fields, "people_to_ask"),
    professionals: contactsOf(fields, "professionals"),
    means_safety: linesOf(fields["means_safety"]),
    reason_for_living: (fields["reason_for_living"] ?? "").trim() || null,
    review_on: fields["review_on"] || null,
  };
  return await sendOnce(
    () => unwrap(http.POST("/v1/safety-plans", { body: { id, patient_id, after_number, ...content } })),
    () => data(unwrap(http.GET("/v1/safety-plans/{safety_plan_id}", { params: { path: { safety_plan_id: id } } }))),
    (stored) => stored.number > after_number && isSameJson(Object.fromEntries(Object.keys(content).map((name) => [name, stored[name as keyof SafetyPlan]])), content),
  );
}
