/**
 * What the phone reads, list by list, and what makes a list worth reading again.
 *
 * A reading asks first and returns what keeps the answer, so that all answers are there before anything is shown.
 */
import { each, Problem, unwrap, type Client } from "@integration-journal/client";
import type { Copy } from "./copy.js";
import type { State } from "./shown.js";
import type { Asked, Holder, Member, NextSteps, Plan, Reflection, Safety, SafetyPlan } from "./types.js";

const MAX_ENTRIES = 1000;
/** A questionnaire is read again after so long: the clinic may word it anew. */
const MAX_ASKED_AGE_MS = 6 * 3_600_000;
const SHOWN_PLANS = ["active", "proposed", "paused"];

export interface Reading {
  /** Kinds of the change feed after which it is read again. `always`: after any, and every few minutes, since it hangs on the hour. `seldom`: no kind tells of it. */
  after: readonly string[] | "always" | "seldom";
  /** Whether it is also read when the phone is taken up, as all that is `always` read. */
  isTakenUp?: true;
  read: (holder: Holder) => Promise<() => Promise<void>>;
}

/** Keeps what helps in an emergency. */
interface Kept {
  keepSafety: (known: Partial<Safety>) => Promise<void>;
  keepPlan: (holder: Holder, plan: SafetyPlan | null) => Promise<void>;
  /** Drops what was being written of questionnaires that are over. */
  keepDrafts: (holder: Holder, next: NextSteps) => Promise<void>;
}

/** Return all readings. */
export function readingsOf(client: Client, copy: Copy, state: () => State, kept: Kept): Reading[] {
  const { http } = client;
  const one = async <T>(asked: Promise<{ data: T }>): Promise<T> => (await asked).data;
  return [
    {
      after: "always",
      read: async (holder) => {
        const home = await one(unwrap(http.GET("/v1/me/home")));
        return async () => {
          await copy.one(holder.accountId, "home", home);
          await kept.keepSafety({ emergencyInstruction: home.emergency_instruction, clinicPhone: home.clinic_phone });
        };
      },
    },
    {
      after: "always",
      read: async (holder) => {
        const next = await one(unwrap(http.GET("/v1/me/next")));
        const asked = await readAsked(client, state(), next);
        return async () => {
          await copy.one(holder.accountId, "next", next);
          await copy.replace(holder.accountId, "asked", asked);
          await kept.keepDrafts(holder, next);
        };
      },
    },
    {
      after: "always",
      read: async (holder) => {
        const inbox = await all(each((page) => http.GET("/v1/me/inbox", { params: { query: { ...page } } })));
        return () => copy.replace(holder.accountId, "inbox", inbox);
      },
    },
    {
      after: ["reflection", "dose", "session"], // what may be done with an entry hangs on the last dose, and on the hour
      isTakenUp: true,
      read: async (holder) => {
        const found = await all(each((page) => http.GET("/v1/reflections", { params: { query: { ...page, limit: 100 } } })));
        return () => copy.replace(holder.accountId, "reflections", found as Reflection[]);
      },
    },
    {
      after: ["plan"],
      read: async (holder) => {
        const found = await all(each((page) => http.GET("/v1/plans", { params: { query: { ...page, limit: 100 } } })));
        const shown = found.filter((plan) => SHOWN_PLANS.includes(plan.state));
        const plans = await Promise.all(shown.map((plan) => wholePlan(client, state(), plan)));
        return () => copy.replace(holder.accountId, "plans", plans);
      },
    },
    {
      after: ["practice"],
      read: async (holder) => {
        const found = await all(each((page) => http.GET("/v1/practices", { params: { query: { ...page, limit: 100 } } })));
        return () => copy.replace(holder.accountId, "practices", found);
      },
    },
    {
      after: ["goal"],
      read: async (holder) => {
        const found = await all(each((page) => http.GET("/v1/goals", { params: { query: { ...page, limit: 100 } } })));
        return () => copy.replace(holder.accountId, "goals", found);
      },
    },
    {
      after: ["shared_summary"],
      read: async (holder) => {
        const found = await all(each((page) => http.GET("/v1/shared-summaries", { params: { query: { ...page, limit: 100 } } })));
        return () => copy.replace(holder.accountId, "summaries", found);
      },
    },
    {
      after: ["care_team"],
      isTakenUp: true, // a membership ends by the hour
      read: async (holder) => {
        const team = await readTeam(client, holder);
        return () => copy.replace(holder.accountId, "team", team);
      },
    },
    {
      after: ["safety_plan"],
      read: async (holder) => {
        const own = await one(unwrap(http.GET("/v1/me/safety-plan", { cache: "no-store" }))); // kept by `keepPlan` alone
        return () => kept.keepPlan(holder, own.plan);
      },
    },
    {
      after: ["clinic", "account"],
      read: async () => {
        const lines = await one(unwrap(http.GET("/v1/crisis-resources")));
        return () => kept.keepSafety({ lines: lines.items });
      },
    },
    {
      after: "seldom",
      read: async (holder) => {
        const items = await one(unwrap(http.GET("/v1/check-in-items")));
        return () => copy.replace(holder.accountId, "items", items.items);
      },
    },
    {
      after: "seldom",
      read: async (holder) => {
        const prompts = await one(unwrap(http.GET("/v1/prompt-sets")));
        return () => copy.replace(holder.accountId, "prompts", prompts.items);
      },
    },
  ];
}

async function readTeam(client: Client, holder: Holder): Promise<Member[]> {
  if (holder.patientId === null) return [];
  const path = { patient_id: holder.patientId };
  const { data } = await unwrap(client.http.GET("/v1/patients/{patient_id}/care-team", { params: { path } }));
  return data.items.filter((member) => member.ended_at === null);
}

/** A list has plans without their strategies; those that the phone has at this version are not read again. */
async function wholePlan(client: Client, state: State, plan: { id: string; version: number }): Promise<Plan> {
  const kept = state.plans.find((one) => one.id === plan.id && one.version === plan.version);
  if (kept !== undefined) return kept;
  const path = { plan_id: plan.id };
  return (await unwrap(client.http.GET("/v1/plans/{plan_id}", { params: { path } }))).data;
}

/** Every questionnaire that is asked now, in the language of this page. One that is not there any more is left out. */
async function readAsked(client: Client, state: State, next: NextSteps): Promise<Asked[]> {
  const ids = [...new Set(next.now.flatMap((window) => window.measures.map((measure) => measure.instrument_id)))];
  const query = { language: document.documentElement.lang };
  const found = await Promise.all(ids.map(async (id) => {
    const kept = state.asked.find((one) => one.id === id && one.readIn === query.language && Date.now() - one.readAt < MAX_ASKED_AGE_MS);
    if (kept !== undefined) return kept;
    const params = { path: { instrument_id: id }, query };
    try {
      const { definition, wording } = (await unwrap(client.http.GET("/v1/instruments/{instrument_id}", { params }))).data;
      return { id, definition, wording, readAt: Date.now(), readIn: query.language };
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }));
  return found.filter((one) => one !== null);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= MAX_ENTRIES) break;
  }
  return found;
}
