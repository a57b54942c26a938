/** Reading and changing things of the API: every call of this app that is about one of them. */
import { each, newId, Problem, unwrap } from "@integration-journal/client";
import { all, data } from "../../../shared/office/calls.js";
import { desk } from "./desk.js";
import type { Fields, Snapshot } from "./merge.js";
import type { Store } from "./saving.js";
import { sendOnce } from "./sent.js";
import type { Found, Note, NoteFormat, Patient, Plan, PlanItem, PlanStep, Practice, PromptSet, Reply, Session, TimelineItem, TimelineKind } from "./types.js";

const { http } = desk.client;
export { all, data };

/** A thing and the version that it is of. */
export interface Versioned<T> {
  thing: T;
  etag: string;
}
const versioned = async <T,>(call: Promise<{ data: T; etag: string | null }>): Promise<Versioned<T>> => {
  const answer = await call;
  return { thing: answer.data, etag: answer.etag ?? "" };
};
const ifMatch = (etag: string) => ({ "If-Match": etag });

// Charts

export const readChart = (id: string) => data(unwrap(http.GET("/v1/patients/{patient_id}/chart", { params: { path: { patient_id: id } } })));

export const readTrajectory = (id: string) => data(unwrap(http.GET("/v1/patients/{patient_id}/trajectory", { params: { path: { patient_id: id } } })));

const patients = new Map<string, Promise<Patient>>();

/** Read whose chart it is; once a page, since it heads every screen. */
export function readPatient(id: string): Promise<Patient> {
  const found = patients.get(id) ?? data(unwrap(http.GET("/v1/patients/{patient_id}", { params: { path: { patient_id: id } } })));
  patients.set(id, found);
  found.catch(() => patients.delete(id));
  return found;
}
desk.client.auth.onChange(() => patients.clear());

/** The query that asks for the page after this one; the first page is asked for by null. */
const after = (cursor: string | null): { cursor?: string } => (cursor === null ? {} : { cursor });

export const readPatients = (cursor: string | null) => data(unwrap(http.GET("/v1/patients", { params: { query: { limit: 50, ...after(cursor) } } })));
export const searchPatients = (name_part: string) => data(unwrap(http.POST("/v1/patients/search", { body: { name_part } })));
export const readTeam = async (id: string) =>
  (await data(unwrap(http.GET("/v1/patients/{patient_id}/care-team", { params: { path: { patient_id: id }, query: { limit: 100 } } })))).items;
export const readSession = (id: string) => data(unwrap(http.GET("/v1/sessions/{session_id}", { params: { path: { session_id: id } } })));
export const readSessions = async (patient_id: string): Promise<Session[]> =>
  (await data(unwrap(http.GET("/v1/sessions", { params: { query: { patient_id, limit: 50 } } })))).items;
export const readPractices = async (patient_id: string): Promise<Practice[]> =>
  (await data(unwrap(http.GET("/v1/practices", { params: { query: { patient_id, limit: 8 } } })))).items;
export const readTimeline = (patient_id: string, kind: TimelineKind | null, cursor: string | null): Promise<{ items: TimelineItem[]; next_cursor: string | null }> =>
  data(unwrap(http.GET("/v1/patients/{patient_id}/timeline", { params: { path: { patient_id }, query: { limit: 15, ...after(cursor), ...(kind ? { kind } : {}) } } })));
export interface FoundPage {
  items: Found[];
  next_cursor: string | null;
}
export const searchChart = (patient_id: string, words: string, cursor: string | null): Promise<FoundPage> =>
  data(unwrap(http.POST("/v1/patients/{patient_id}/search", { params: { path: { patient_id }, query: after(cursor) }, body: { words } })));
export const completeTask = (task_id: string) => unwrap(http.POST("/v1/worklist/{task_id}/done", { params: { path: { task_id } } }));

// Notes

const notePath = (note_id: string) => ({ path: { note_id } });
export const readNote = (id: string) => versioned(unwrap(http.GET("/v1/notes/{note_id}", { params: notePath(id) })));
export const readNoteVersions = async (id: string) => (await data(unwrap(http.GET("/v1/notes/{note_id}/versions", { params: notePath(id) })))).items;
type Confirmed = { names_confirmed?: true };
export const signNote = (id: string, etag: string, body: { late_entry_reason?: string; needs_cosign?: boolean } & Confirmed) =>
  versioned(unwrap(http.POST("/v1/notes/{note_id}/sign", { params: { ...notePath(id), header: ifMatch(etag) }, body })));
export const cosignNote = (id: string, etag: string) =>
  versioned(unwrap(http.POST("/v1/notes/{note_id}/cosign", { params: { ...notePath(id), header: ifMatch(etag) } })));
export const returnNote = (id: string, etag: string, reason: string) =>
  versioned(unwrap(http.POST("/v1/notes/{note_id}/return", { params: { ...notePath(id), header: ifMatch(etag) }, body: { reason } })));
/** Add to a note. Returns false if another text has arrived under that id. */
export const addAddendum = async (id: string, addendum: string, text: string, more: Confirmed): Promise<boolean> =>
  (await sendOnce(
    () => unwrap(http.POST("/v1/notes/{note_id}/addenda", { params: notePath(id), body: { id: addendum, text, ...more } })),
    async () => (await readNote(id)).thing.addenda.find((one) => one.id === addendum) ?? null,
    (stored) => stored.text === text,
  )) === null;
export const amendNote = (id: string, etag: string, sections: Fields, reason: string, more: Confirmed) =>
  versioned(unwrap(http.POST("/v1/notes/{note_id}/amendments", { params: { ...notePath(id), header: ifMatch(etag) }, body: { sections, reason, ...more } })));
export const enterNoteInError = (id: string, etag: string, reason: string) =>
  versioned(unwrap(http.POST("/v1/notes/{note_id}/enter-in-error", { params: { ...notePath(id), header: ifMatch(etag) }, body: { reason } })));
export const deleteNote = (id: string, etag: string) =>
  unwrap(http.DELETE("/v1/notes/{note_id}", { params: { ...notePath(id), header: ifMatch(etag) } }));
export const shareNote = (id: string, etag: string, body: { state: "shared" | "withheld"; reason_code?: never; until?: string }) =>
  versioned(unwrap(http.PUT("/v1/notes/{note_id}/sharing", { params: { ...notePath(id), header: ifMatch(etag) }, body })));

/** The problem of a thing that is here being written, and can be changed no more. */
const noDraft = (): Problem => new Problem({ title: "", status: 409, code: "no-draft", detail: "", request_id: "", errors: [] });

function noteSnapshot(note: Note, etag: string): Snapshot {
  if (note.state === "draft" && note.allowed_actions.includes("update")) return { etag, fields: note.sections };
  throw noDraft();
}

/** Return a text that is sent by a button alone. `facts.id` is the id that it is to have, also if it is sent twice. */
export function localStore(thing: string): Store {
  const never = async (): Promise<never> => {
    throw new Error("a local text is not saved by itself");
  };
  return { thing, facts: { id: newId() }, isLocal: true, read: never, save: never, current: () => ({ etag: "", fields: {} }) };
}

/** Return how the draft of a note is saved. `facts` has the session and the format of one that may not exist yet. */
export function noteStore(note_id: string, facts: Record<string, string>, onRead: (note: Note, etag: string) => void): Store {
  const snapshot = ({ thing, etag }: Versioned<Note>): Snapshot => {
    onRead(thing, etag);
    return noteSnapshot(thing, etag);
  };
  return {
    thing: `note ${note_id}`,
    facts,
    read: async () => snapshot(await readNote(note_id)),
    make: async (sections) => {
      const body = { id: note_id, session_id: facts["session_id"] ?? "", format: facts["format"] as NoteFormat, ...(facts["template_id"] ? { template_id: facts["template_id"] } : {}), sections, captured_at: new Date().toISOString() };
      return snapshot(await versioned(unwrap(http.POST("/v1/notes", { body }))));
    },
    save: async (sections, etag) =>
      snapshot(await versioned(unwrap(http.PATCH("/v1/notes/{note_id}", { params: { ...notePath(note_id), header: ifMatch(etag) }, body: { sections } })))),
    current: (thing, etag) => snapshot({ thing: thing as Note, etag }),
  };
}

// Reflections

const reflectionPath = (reflection_id: string) => ({ path: { reflection_id } });
export const readReflection = (id: string) => versioned(unwrap(http.GET("/v1/reflections/{reflection_id}", { params: reflectionPath(id) })));
export const readReplies = (id: string): Promise<Reply[]> =>
  all(each((page) => http.GET("/v1/reflections/{reflection_id}/replies", { params: { ...reflectionPath(id), query: { ...page, limit: 100 } } })));
/** Reply to an entry. Returns false if another text has arrived under that id. */
export const replyTo = async (id: string, reply: string, text: string): Promise<boolean> =>
  (await sendOnce(
    () => unwrap(http.POST("/v1/reflections/{reflection_id}/replies", { params: reflectionPath(id), body: { id: reply, text } })),
    async () => (await readReplies(id)).find((one) => one.id === reply) ?? null,
    (stored) => stored.text === text,
  )) === null;
export const reviewReflection = (id: string, etag: string) =>
  versioned(unwrap(http.POST("/v1/reflections/{reflection_id}/review", { params: { ...reflectionPath(id), header: ifMatch(etag) } })));
let prompts: Promise<PromptSet[]> | null = null;
export const readPrompts = (): Promise<PromptSet[]> => (prompts ??= data(unwrap(http.GET("/v1/prompt-sets"))).then((found) => found.items));

// Plans

const planPath = (plan_id: string) => ({ path: { plan_id } });
export const readPlan = (id: string) => versioned(unwrap(http.GET("/v1/plans/{plan_id}", { params: planPath(id) })));
export const readPlans = (patient_id: string): Promise<PlanItem[]> =>
  all(each((page) => http.GET("/v1/plans", { params: { query: { patient_id, ...page, limit: 100 } } })));

export async function beginPlan(body: { patient_id: string; title: string; aim: string; replaces_id?: string; insight_id?: string | null; review_on?: string | null }): Promise<string> {
  const id = newId();
  await unwrap(http.POST("/v1/plans", { body: { id, ...body } }));
  return id;
}

/** Take a step that needs nothing but the version. */
export async function stepPlan(id: string, etag: string, step: Exclude<PlanStep, "update" | "replace" | "accept" | "decline">): Promise<void> {
  const params = { ...planPath(id), header: ifMatch(etag) };
  const paths = { propose: "/v1/plans/{plan_id}/propose", pause: "/v1/plans/{plan_id}/pause", resume: "/v1/plans/{plan_id}/resume", complete: "/v1/plans/{plan_id}/complete", archive: "/v1/plans/{plan_id}/archive" } as const;
  await unwrap(http.POST(paths[step], { params }));
}
export const acceptPlan = (id: string, etag: string, revision: number) =>
  unwrap(http.POST("/v1/plans/{plan_id}/accept", { params: { ...planPath(id), header: ifMatch(etag) }, body: { revision } }));
export const declinePlan = (id: string, etag: string, reason: string) =>
  unwrap(http.POST("/v1/plans/{plan_id}/decline", { params: { ...planPath(id), header: ifMatch(etag) }, body: { reason: reason || null } }));
export const addStrategy = (id: string, etag: string, strategy: { category: Plan["strategies"][number]["category"]; title: string }) =>
  unwrap(http.POST("/v1/plans/{plan_id}/strategies", { params: { ...planPath(id), header: ifMatch(etag) }, body: { id: newId(), ...strategy } }));
export const removeStrategy = (id: string, etag: string, strategy_id: string) =>
  unwrap(http.DELETE("/v1/plans/{plan_id}/strategies/{strategy_id}", { params: { path: { plan_id: id, strategy_id }, header: ifMatch(etag) } }));

/** The texts of a strategy that are edited here. */
export const STRATEGY_TEXTS = ["title", "description", "if_cue", "then_action"] as const;

/** Return the texts of a plan and of its strategies as one thing: they have one version. */
export function planFields(plan: Plan): Fields {
  const fields: Fields = { title: plan.title, aim: plan.aim, review_on: plan.review_on ?? "" };
  for (const strategy of plan.strategies) {
    for (const text of STRATEGY_TEXTS) fields[`${strategy.id}.${text}`] = strategy[text] ?? "";
  }
  return fields;
}

/** Return how the texts of a plan are saved: those of one part at a time, under the version of the whole. */
export function planStore(plan_id: string, onRead: (plan: Plan, etag: string) => void): Store {
  const snapshot = ({ thing, etag }: Versioned<Plan>): Snapshot => {
    onRead(thing, etag);
    if (!thing.allowed_actions.includes("update")) throw noDraft();
    return { etag, fields: planFields(thing) };
  };
  const read = async (): Promise<Snapshot> => snapshot(await readPlan(plan_id));
  return {
    thing: `plan ${plan_id}`,
    facts: {},
    read,
    save: async (changes, etag) => {
      const first = Object.keys(changes)[0] ?? "";
      const [part, text] = first.split(".");
      const header = ifMatch(etag);
      if (text === undefined) {
        const own = Object.fromEntries(Object.entries(changes).filter(([name]) => !name.includes(".")));
        const body = { ...own, ...("review_on" in own ? { review_on: own["review_on"] || null } : {}) };
        return snapshot(await versioned(unwrap(http.PATCH("/v1/plans/{plan_id}", { params: { ...planPath(plan_id), header }, body }))));
      }
      const mine = Object.entries(changes).filter(([name]) => name.startsWith(`${part}.`));
      const body = Object.fromEntries(mine.map(([name, value]) => [name.split(".")[1] ?? "", name.endsWith(".title") ? value : value || null]));
      const path = { plan_id, strategy_id: part ?? "" };
      await unwrap(http.PATCH("/v1/plans/{plan_id}/strategies/{strategy_id}", { params: { path, header }, body }));
      return await read();
    },
    current: (thing, etag) => snapshot({ thing: thing as Plan, etag }),
  };
}
