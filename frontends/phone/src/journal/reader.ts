/** Reading from the API all that this phone shows, anew each time. */
import { each, NoAnswer, Problem, unwrap, type Client } from "@integration-journal/client";
import type { Copy } from "./copy.js";
import type { Local } from "./local.js";
import type { Shown } from "./shown.js";
import type { Holder, Member, Plan, Reflection, Reply, Safety, SafetyPlan } from "./types.js";

const RETRY_MS = 10_000;
const MAX_ENTRIES = 1000;
const SHOWN_PLANS = ["active", "proposed", "paused"];

export class Reader {
  private syncing: Promise<void> | null = null;
  private isSyncWanted = false;
  private retry = 0;

  constructor(
    private readonly client: Client,
    private readonly local: Local,
    private readonly copy: Copy,
    private readonly shown: Shown,
    private readonly onSignInEnded: () => Promise<void>,
  ) {}

  /** Ask the API for everything that this phone shows. If it is being asked, ask once more when that has ended. */
  async sync(): Promise<void> {
    this.isSyncWanted = true;
    this.syncing ??= this.syncs();
    await this.syncing;
  }

  private async syncs(): Promise<void> {
    await null; // the caller has noted this promise before it can end
    try {
      while (this.isSyncWanted && this.shown.state.phase === "here") {
        this.isSyncWanted = false;
        await this.fetchAll();
      }
    } finally {
      this.syncing = null; // in the step that found nothing wanted, so that no call falls between
    }
  }

  /** Read the answers to an entry, from the API or from what the phone has. */
  async readReplies(id: string): Promise<void> {
    const holder = this.shown.state.holder;
    if (holder === null) return;
    const kept = await this.local.one<Reply[]>(holder.accountId, "replies", id);
    if (kept !== null) this.shown.set({ replies: { ...this.shown.state.replies, [id]: kept } });
    await this.reached(async () => {
      const replies: Reply[] = [];
      const path = { reflection_id: id };
      for await (const reply of each((page) =>
        this.client.http.GET("/v1/reflections/{reflection_id}/replies", { params: { path, query: { ...page } } }),
      )) {
        replies.push(reply);
      }
      if (!this.shown.isOf(holder)) return;
      await this.local.put(holder.accountId, "replies", id, replies);
      if (this.shown.isOf(holder)) this.shown.set({ replies: { ...this.shown.state.replies, [id]: replies } });
    });
  }

  /** Run a request, and notice whether the API was reached. Returns whether it was. */
  async reached(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.shown.set({ isReached: true });
      return true;
    } catch (error) {
      if (error instanceof NoAnswer) this.shown.set({ isReached: false });
      else if (!(error instanceof Problem)) throw error;
      else if (error.isSignInEnded && this.shown.state.phase === "here") await this.onSignInEnded();
      return false;
    }
  }

  /** Read the crisis lines that answer in any country, on a phone that nobody has signed in on yet. */
  async readLines(): Promise<void> {
    await this.reached(async () => {
      const { data } = await unwrap(this.client.http.GET("/v1/crisis-resources"));
      await this.keepSafety({ lines: data.items });
    });
  }

  async keepSafety(known: Partial<Safety>): Promise<void> {
    if (known.lines?.length === 0) return;
    const safety = { ...this.shown.state.safety, ...known };
    await this.local.setDevice("safety", safety);
    this.shown.set({ safety });
  }

  async keepPlan(holder: Holder, plan: SafetyPlan | null): Promise<void> {
    await this.local.setDevice("safety-plan", plan && { accountId: holder.accountId, plan });
    this.shown.set({ safetyPlan: plan });
  }

  private async fetchAll(): Promise<void> {
    const holder = this.shown.state.holder;
    if (holder === null) return;
    this.copy.beginReading();
    const isDone = await this.reached(async () => {
      const { http } = this.client;
      await this.client.auth.fresh(); // the crisis lines are those of the holder's country, and wait for no sign-in
      const [home, next, items, reflections, plans, practices, goals, prompts, inbox, team, lines, own] = await Promise.all([
        unwrap(http.GET("/v1/me/home")),
        unwrap(http.GET("/v1/me/next")),
        unwrap(http.GET("/v1/check-in-items")),
        all(each((page) => http.GET("/v1/reflections", { params: { query: { ...page, limit: 100 } } }))),
        all(each((page) => http.GET("/v1/plans", { params: { query: { ...page, limit: 100 } } }))),
        all(each((page) => http.GET("/v1/practices", { params: { query: { ...page, limit: 100 } } }))),
        all(each((page) => http.GET("/v1/goals", { params: { query: { ...page, limit: 100 } } }))),
        unwrap(http.GET("/v1/prompt-sets")),
        all(each((page) => http.GET("/v1/me/inbox", { params: { query: { ...page } } }))),
        this.readTeam(holder),
        unwrap(http.GET("/v1/crisis-resources")),
        unwrap(http.GET("/v1/me/safety-plan", { cache: "no-store" })), // kept by `keepPlan` alone
      ]);
      if (!this.shown.isOf(holder)) return;
      const shown = await Promise.all(plans.filter((plan) => SHOWN_PLANS.includes(plan.state)).map((plan) => this.wholePlan(plan)));
      if (!this.shown.isOf(holder)) return;
      const id = holder.accountId;
      await Promise.all([
        this.copy.one(id, "home", home.data),
        this.copy.one(id, "next", next.data),
        this.copy.replace(id, "items", items.data.items),
        this.copy.replace(id, "reflections", reflections as Reflection[]),
        this.copy.replace(id, "plans", shown),
        this.copy.replace(id, "practices", practices),
        this.copy.replace(id, "goals", goals),
        this.copy.replace(id, "prompts", prompts.data.items),
        this.copy.replace(id, "inbox", inbox),
        this.copy.replace(id, "team", team),
        this.keepPlan(holder, own.data.plan),
        this.keepSafety({
          emergencyInstruction: home.data.emergency_instruction,
          clinicPhone: home.data.clinic_phone,
          lines: lines.data.items,
        }),
      ]);
      if (this.shown.isOf(holder)) await this.copy.one(id, "fetchedAt", Date.now());
    });
    if (isDone) await this.readRepliesAhead();
    else if (navigator.onLine) {
      clearTimeout(this.retry); // a server that starts anew tells nobody
      this.retry = setTimeout(() => void this.sync(), RETRY_MS);
    }
  }

  private async readTeam(holder: Holder): Promise<Member[]> {
    if (holder.patientId === null) return [];
    const path = { patient_id: holder.patientId };
    const { data } = await unwrap(this.client.http.GET("/v1/patients/{patient_id}/care-team", { params: { path } }));
    return data.items.filter((member) => member.ended_at === null);
  }

  /** A list has plans without their strategies; those that the phone has at this version are not read again. */
  private async wholePlan(plan: { id: string; version: number }): Promise<Plan> {
    const kept = this.shown.state.plans.find((one) => one.id === plan.id && one.version === plan.version);
    if (kept !== undefined) return kept;
    const path = { plan_id: plan.id };
    return (await unwrap(this.client.http.GET("/v1/plans/{plan_id}", { params: { path } }))).data;
  }

  private async readRepliesAhead(): Promise<void> {
    const answered = this.shown.state.reflections.filter((one) => one.reply_count > 0);
    const missing = answered.filter((one) => this.shown.state.replies[one.id]?.length !== one.reply_count);
    for (const one of missing) {
      if (!this.shown.state.isReached || this.shown.state.phase !== "here") return; // the next reading goes on
      await this.readReplies(one.id);
    }
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= MAX_ENTRIES) break;
  }
  return found;
}
