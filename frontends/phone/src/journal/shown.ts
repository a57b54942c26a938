/** What the screens show: one state, and who is told of its changes. */
import type { Entry } from "@integration-journal/client";
import type { Asked, CheckInItem, Goal, Holder, Home, InboxItem, Member, NextSteps, Plan, Practice, PromptSet, Reflection, Reply, Safety, SafetyPlan, SharedSummary, Told } from "./types.js";

/**
 * `nobody`: sign in first. `here`: signed in, or offline on a phone that was. `ended`: the sign-in has ended; writing
 * goes on, and waits.
 */
export type Phase = "starting" | "nobody" | "here" | "ended";

export interface State {
  phase: Phase;
  /** False after a request that got no answer, until one gets one. */
  isReached: boolean;
  /** When everything that the phone shows was last asked for, by this phone's clock; null if it never was. */
  fetchedAt: number | null;
  holder: Holder | null;
  home: Home | null;
  /** What is asked after a dose: now, soon, and what is over. */
  next: NextSteps | null;
  items: CheckInItem[];
  /** The questionnaires that are asked now, each whole: they can be answered offline. */
  asked: Asked[];
  told: Told | null;
  reflections: Reflection[];
  plans: Plan[];
  practices: Practice[];
  goals: Goal[];
  summaries: SharedSummary[];
  prompts: PromptSet[];
  inbox: InboxItem[];
  team: Member[];
  replies: Record<string, Reply[]>;
  safety: Safety;
  safetyPlan: SafetyPlan | null;
  waiting: Entry[];
  /** Writes that the disk does not have yet. */
  keeping: number;
}

export const NO_SAFETY: Safety = { emergencyInstruction: null, clinicPhone: null, lines: [] };
/** What the phone knows of nobody. */
export const EMPTY = { fetchedAt: null, home: null, next: null, items: [], asked: [], told: null, reflections: [], plans: [], practices: [], goals: [], summaries: [], prompts: [], inbox: [], team: [], replies: {} };
/** The state of this page. */
export class Shown {
  state: State = { phase: "starting", isReached: true, holder: null, safety: NO_SAFETY, safetyPlan: null, waiting: [], keeping: 0, ...EMPTY };
  private readonly listeners = new Set<() => void>();

  /** Call `listener` after each change. Returns what stops that. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(changes: Partial<State>): void {
    this.state = { ...this.state, ...changes };
    this.listeners.forEach((listener) => listener());
  }

  /** Whether this person is still signed in here: what was fetched for somebody else, or too late, is not kept. */
  isOf(holder: Holder): boolean {
    return this.state.phase === "here" && this.state.holder?.accountId === holder.accountId;
  }
}
