/** Questionnaires that are asked now: which of them can be answered here, and which were, sent or not. */
import type { Entry } from "@integration-journal/client";
import type { Asked, InstrumentItem, NextSteps } from "./types.js";

export type Answer = string | number;
export type Answers = Record<string, Answer>;

/** Whether it can be put to a patient here: the clinic has its wording, or it is the clinic's own, whose topics are its words. */
export const isPut = (one: Asked): boolean => one.definition.kind !== "clinician_rated" && (one.wording !== null || one.id.startsWith("own_"));

/** The questionnaires that wait for answers, the next due first. */
export function openMeasures(next: NextSteps | null, asked: Asked[], waiting: Entry[], now: number): Asked[] {
  const given = new Set(waiting.filter((entry) => entry.operation === "create_measure_response").map((entry) => (entry.body as { instrument_id: string }).instrument_id));
  const open = (next?.now ?? []).filter((window) => Date.parse(window.closes_at) > now).flatMap((window) => window.measures);
  const ids = [...new Set(open.filter((one) => !one.is_answered && !given.has(one.instrument_id)).map((one) => one.instrument_id))];
  return ids.map((id) => asked.find((one) => one.id === id)).filter((one) => one !== undefined).filter(isPut);
}

/** The beginning of the names of drafts of questionnaires; the window follows, and then the questionnaire. */
export const MEASURE_DRAFTS = "measure ";
export const draftsOf = (windowId: string): string => `${MEASURE_DRAFTS}${windowId} `;

/** The window that an answer to this questionnaire would be of: the one due first that has none. */
export const windowOf = (next: NextSteps | null, id: string): string | null =>
  next?.now.find((window) => window.measures.some((one) => one.instrument_id === id && !one.is_answered))?.arc_window_id ?? null;

export const titleOf = (one: Asked): string => one.wording?.title ?? one.definition.name;
export const questionOf = (one: Asked, item: InstrumentItem): string => one.wording?.items[item.id]?.text ?? item.topic;

/** The items to ask after these answers: some follow from others alone. */
export function itemsFor(one: Asked, answers: Answers): InstrumentItem[] {
  return one.definition.items.filter(({ asked_if: only }) => only === null || only.any_of.some((id) => only.answers.includes(String(answers[id]))));
}

const ABOUT_SUICIDE = /^(phq9\.9|qids\.12|madrs\.10|asq\.|cssrs\.)/;
const NONE: Answer[] = [0, "no", "na"];

/** Whether an answer to a question about suicide is anything but "no". The API's own rules are finer, and need a connection. */
export function isAlarming(answers: Answers): boolean {
  return Object.entries(answers).some(([id, answer]) => ABOUT_SUICIDE.test(id) && !NONE.includes(answer));
}
