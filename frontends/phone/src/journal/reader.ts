/** Reading from the API what this phone shows: everything at first, and then what the change feed says is new. */
import { alone, each, NoAnswer, Problem, unwrap, type Client } from "@integration-journal/client";
import type { Copy } from "./copy.js";
import type { Local } from "./local.js";
import { News } from "./news.js";
import { readingsOf, type Reading } from "./readings.js";
import type { Shown } from "./shown.js";
import type { Holder, Reply, Safety, SafetyPlan } from "./types.js";

const RETRY_MS = 10_000;
const LOOK_MS = 10_000; // as docs/change-feed.md asks of a client while somebody looks
const SEALED_MS = 2_000; // after which the feed has what was written before it was asked

export class Reader {
  private syncing: Promise<void> | null = null;
  private isSyncWanted = false;
  private next = 0;
  /** Whether there was a reason to read beyond the feed, since the last reading began. */
  private isTakenUp = false;
  private isFirstLook = false;
  readonly news: News;
  private readonly readings: Reading[];

  constructor(
    private readonly client: Client,
    private readonly local: Local,
    private readonly copy: Copy,
    private readonly shown: Shown,
    private readonly onSignInEnded: () => Promise<void>,
  ) {
    this.news = new News(client, local);
    this.readings = readingsOf(client, copy, () => shown.state, this);
  }

  /** Ask the API what is new. If it is being asked, ask once more when that has ended. */
  async sync(): Promise<void> {
    this.isTakenUp = this.isFirstLook = true;
    await this.ask();
  }

  /** Ask again while somebody looks: soon after there was a reason to, and then every ten seconds. */
  private async look(): Promise<void> {
    if (document.visibilityState === "visible" && navigator.onLine) await this.ask();
  }

  private pause(): number {
    const pause = this.isFirstLook ? SEALED_MS : LOOK_MS;
    this.isFirstLook = false;
    return pause;
  }

  private async ask(): Promise<void> {
    this.isSyncWanted = true;
    this.syncing ??= this.syncs();
    await this.syncing;
  }

  private async syncs(): Promise<void> {
    await null; // the caller has noted this promise before it can end
    try {
      while (this.isSyncWanted && this.shown.state.phase === "here") {
        this.isSyncWanted = false;
        await this.readNews();
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

  private async readNews(): Promise<void> {
    const holder = this.shown.state.holder;
    if (holder === null) return;
    const { isTakenUp } = this;
    this.isTakenUp = false;
    this.copy.beginReading();
    const isDone = await this.reached(async () => {
      await this.client.auth.fresh(); // the crisis lines are those of the holder's country, and wait for no sign-in
      await alone("integration-journal-phone-reading", () => this.readChanged(holder, isTakenUp));
    });
    clearTimeout(this.next);
    if (isDone) await this.readRepliesAhead();
    else this.isTakenUp ||= isTakenUp;
    this.next = setTimeout(() => void this.look(), isDone ? this.pause() : RETRY_MS); // a server that starts anew tells nobody
  }

  /** Read what the change feed says is new, and all of it on a phone that has no place in the feed. */
  private async readChanged(holder: Holder, isTakenUp: boolean): Promise<void> {
    const news = await this.news.since();
    const wanted = this.readings.filter(({ after }) => news.isAll || news.kinds.some((kind) => after.includes(kind)) || (after === "always" && (isTakenUp || news.kinds.length > 0)));
    const keeping = await Promise.all(wanted.map(({ read }) => read(holder)));
    for (const keep of keeping) if (this.shown.isOf(holder)) await keep();
    if (!this.shown.isOf(holder)) return;
    await this.news.keep(holder.accountId, news);
    if (this.shown.isOf(holder)) await this.copy.one(holder.accountId, "fetchedAt", Date.now());
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
