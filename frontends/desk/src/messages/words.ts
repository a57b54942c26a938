/** The words of the API's enumerations that need more than their name. */

import { t } from "./index.js";

/** Return a name of the API as words: `grounding_sensory` is "Grounding sensory". */
export function plain(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A level with its sign. */
export const signed = (level: number): string => (level > 0 ? `+${level}` : level < 0 ? `−${-level}` : "0");

/** Return the state of a note, a plan or another thing, as words within a sentence. */
export const stateWords = (state: string): string => t.state[state] ?? plain(state).toLowerCase();

const FORMATS: Record<string, string> = {
  soap: "SOAP",
  dap: "DAP",
  birp: "BIRP",
  girp: "GIRP",
  pirp: "PIRP",
  narrative: "Narrative",
  kap_preparation: "KAP preparation",
  kap_dosing: "KAP dosing",
  kap_integration: "KAP integration",
};
export const formatWords = (format: string): string => FORMATS[format] ?? plain(format);

/** The sections of each format, in order. All are needed to sign. Source: docs/clinical.md section 2.1. */
export const SECTIONS: Record<string, string[]> = {
  soap: ["subjective", "objective", "assessment", "plan"],
  dap: ["data", "assessment", "plan"],
  birp: ["behavior", "intervention", "response", "plan"],
  girp: ["goals", "intervention", "response", "plan"],
  pirp: ["problem", "intervention", "response", "plan"],
  narrative: ["narrative"],
  kap_preparation: ["intention", "expectations_fears", "psychoeducation", "set_setting_agreements", "safety_coping", "readiness", "plan"],
  kap_dosing: ["pre_dose_state", "dose_summary", "observed_course", "interventions", "peak_content_themes", "aes", "discharge", "plan"],
  kap_integration: ["since_last", "themes", "affect_body", "meaning_insight", "relational", "behaviour_commitments", "coping_review", "measures", "risk", "plan"],
};

const SECTION_WORDS: Record<string, string> = {
  expectations_fears: "Expectations and fears",
  set_setting_agreements: "Set, setting and agreements",
  safety_coping: "Safety and coping",
  pre_dose_state: "State before the dose",
  dose_summary: "Summary of the dose",
  peak_content_themes: "Content and themes at the peak",
  aes: "Adverse events",
  since_last: "Since the last session",
  affect_body: "Affect and body",
  meaning_insight: "Meaning and insight",
  behaviour_commitments: "Behaviour and commitments",
  coping_review: "Review of coping",
};
export const sectionWords = (key: string): string => SECTION_WORDS[key] ?? plain(key);

export const CATEGORIES = [
  "grounding_sensory", "paced_breathing", "progressive_relaxation", "mindfulness_meditation", "self_compassion", "cognitive_reframing",
  "defusion", "emotion_labeling", "distress_tolerance", "behavioural_activation", "sleep_hygiene", "movement_exercise", "yoga_somatic",
  "nutrition_hydration", "nature_contact", "creative_expression", "music", "journaling", "social_connection", "professional_support",
  "spiritual_ritual", "values_action", "graded_exposure", "boundary_setting", "substance_avoidance", "digital_hygiene", "problem_solving",
  "means_safety", "other",
] as const;

const UNITS: Record<string, [string, string]> = { DAILY: ["Every day", "days"], WEEKLY: ["Every week", "weeks"], MONTHLY: ["Every month", "months"] };
const DAYS: Record<string, string> = { MO: "Mon", TU: "Tue", WE: "Wed", TH: "Thu", FR: "Fri", SA: "Sat", SU: "Sun" };

/** Return a schedule (RRULE) in words, as far as it has only what a week needs; else as it is. */
export function scheduleWords(rule: string): string {
  const parts = Object.fromEntries(rule.replace(/^RRULE:/, "").split(";").map((part) => part.split("=") as [string, string]));
  const { FREQ, INTERVAL, BYDAY, BYHOUR, BYMINUTE, ...rest } = parts;
  const unit = UNITS[FREQ ?? ""];
  if (unit === undefined || Object.keys(rest).length > 0 || /\d/.test(BYDAY ?? "")) return rule;
  const every = INTERVAL && INTERVAL !== "1" ? `Every ${INTERVAL} ${unit[1]}` : unit[0];
  const days = BYDAY ? ` on ${BYDAY.split(",").map((day) => DAYS[day] ?? day).join(", ")}` : "";
  const time = BYHOUR ? ` at ${BYHOUR.split(",").map((hour) => `${hour}:${(BYMINUTE ?? "0").padStart(2, "0")}`).join(", ")}` : "";
  return every + days + time;
}
