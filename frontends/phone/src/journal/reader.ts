/** Reading from the API what this phone shows: everything at first, and then what the change feed says is new. */
import { alone, each, NoAnswer, Problem, unwrap, type Client } from "@integration-journal/client";
import { draftsOf, MEASURE_DRAFTS } from "./asked.js";
import type { Copy } from "./copy.js";
import { heldUntil } from "./entries.js";
import type { Local } from "./local.js";
import type { News, Place } from "./news.js";
import type { Reading } from "./readings.js";
import type { Shown } from "./shown.js";
import type { Holder, NextSteps, Reply, Safety, SafetyPlan } from "./types.js";

const RETRY_MS = 10_000;
const LOOK_MS = 10_000; // as docs/change-feed.md asks of a client while somebody looks
const SEALED_MS = 2_000; // after which the feed has what was written before it was asked
const HOUR_MS = 5 * 60_000; // after which what hangs on the hour is read again while somebody looks

/** Why there is something to read: what the feed says alone, what hangs on the hour too, or all that is read when the phone is taken up. */
type Reason = "feed" | "hour" | "taken-up";

export class Reader {
  private syncing: Promise<void> | null = null;
  private isSyncWanted = false;
  private next = 0;
  /** Whether the phone was taken up since the last reading began. */
  private isTakenUp = false;
  /** When what hangs on the hour was last read, by this phone's clock. */
  private readAt = 0;
  private isFirstLook = false;
  private following: Promise<{ news: News; readings: Reading[] }> | null = null;
  private place: Place | null = null;

  constructor(
    private readonly client: Client,
    private readonly local: Local,
    private readonly copy: Copy,
    private readonly shown: Shown,
    private readonly onSignInEnded: () => Promise<void>,
  ) {}

  /** Begin where the copy on the disk is. Call it before that is read: another tab may go on meanwhile. */
  async open(account: string): Promise<void> {
    this.following = null;
    this.place = await this.local.one<Place>(account, "feed");
  }

  /** What follows the feed comes with the screens of who is signed in: the first visit does not wait for it. */
  private follower(): Promise<{ news: News; readings: Reading[] }> {
    this.following ??= import("../screens/inside.js").then(
      (screens) => ({
        news: new screens.News(this.client, this.local, this.place),
        readings: screens.readingsOf(this.client, this.copy, () => this.shown.state, this),
      }),
      () => {
        this.following = null;
        throw new NoAnswer("a file of the app did not come");
      },
    );
    return this.following;
  }

  /** Ask the API what is new. If it is being asked, ask once more when that has ended. */
  async sync(): Promise<void> {
    this.isTakenUp = this.isFirstLook = true;
    await this.ask();
  }

  /** Ask again while somebody looks: soon after there was a reason to, and then every ten seconds. */
  private async look(): Promise<void> {
    if (document.visibilityState !== "visible" || !navigator.onLine) return;
    this.isTakenUp ||= this.isPast(heldUntil(this.shown.state.reflections, this.readAt)?.getTime());
    await this.ask();
  }

  /** Whether this moment has come since what hangs on the hour was read. */
  private isPast(at: number | undefined): boolean {
    return at !== undefined && at > this.readAt && at <= Date.now();
  }

  private reason(): Reason {
    if (this.isTakenUp) return "taken-up";
    const { next, reflections } = this.shown.state;
    const isHour = Math.abs(Date.now() - this.readAt) >= HOUR_MS || this.isPast(Date.parse(next?.soon[0]?.opens_at ?? ""));
    if (!isHour) return "feed";
    // Entries that are still held by the API's clock, and not by this one, are read with the rest.
    return reflections.some((one) => Date.parse(one.held_until ?? "") <= Date.now()) ? "taken-up" : "hour";
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

  async keepDrafts(holder: Holder, next: NextSteps): Promise<void> {
    await this.local.dropDrafts(holder.accountId, MEASURE_DRAFTS, next.now.map((window) => draftsOf(window.arc_window_id)));
  }

  private async readNews(): Promise<void> {
    const holder = this.shown.state.holder;
    if (holder === null) return;
    const reason = this.reason();
    this.isTakenUp = false;
    this.copy.beginReading();
    let isDone = false;
    try {
      isDone = await this.reached(async () => {
        await this.client.auth.fresh(); // the crisis lines are those of the holder's country, and wait for no sign-in
        await alone("integration-journal-phone-reading", () => this.readChanged(holder, reason));
      });
      if (isDone) await this.readRepliesAhead();
    } finally {
      this.isTakenUp ||= !isDone && reason === "taken-up";
      clearTimeout(this.next);
      this.next = setTimeout(() => void this.look(), isDone ? this.pause() : RETRY_MS); // a server that starts anew tells nobody
    }
  }

  /** Read what the change feed says is new, and all of it on a phone that has no place in the feed. */
  private async readChanged(holder: Holder, reason: Reason): Promise<void> {
    const startedAt = Date.now();
    const follower = await this.follower();
    const news = await follower.news.since(holder.accountId);
    const isHour = reason !== "feed" || news.kinds.length > 0;
    const isWanted = ({ after, isTakenUp }: Reading): boolean =>
      news.isAll || (Array.isArray(after) && news.kinds.some((kind) => after.includes(kind))) || (after === "always" && isHour) || (isTakenUp === true && reason === "taken-up");
    const read = await Promise.allSettled(follower.readings.filter(isWanted).map((one) => one.read(holder)));
    for (const one of read) if (one.status === "fulfilled" && this.shown.isOf(holder)) await one.value();
    // What could not be read holds nothing else; the feed is asked from the same place again.
    for (const one of read) if (one.status === "rejected") throw one.reason;
    if (news.isAll || isHour) this.readAt = startedAt;
    if (!this.shown.isOf(holder)) return;
    const isKept = await follower.news.keep(holder.accountId, news);
    if (isKept && this.shown.isOf(holder)) await this.copy.one(holder.accountId, "fetchedAt", Date.now());
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
