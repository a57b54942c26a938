/**
 * What changed elsewhere. The change feed is followed by its live stream and names things; what is open is read again.
 *
 * One tab of a browser follows, and tells the others. Who may not follow has the worklist read instead, when the page is
 * looked at again.
 */
import { Feed, NoAnswer, Problem, type Change, type Client } from "@integration-journal/client";
import type { Local } from "./local.js";

const NAME = "integration-journal-desk-live";
const MAX_HIDDEN_MS = 45_000; // after which a stream may be dead: a computer that slept tells nobody

export type Watcher = (changes: Change[]) => void;

export class Live {
  private account: string | null = null;
  private ending = new AbortController();
  private channel: BroadcastChannel | null = null;
  private mayFollow = true;
  private hiddenAt = 0;
  private since = NaN;
  private readonly watchers = new Set<Watcher>();

  constructor(
    private readonly client: Client,
    private readonly local: Local,
    private readonly readTasks: () => Promise<void>,
  ) {
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.hiddenAt = Date.now();
      else if (!this.mayFollow) void this.readTasks();
      else if (Date.now() - this.hiddenAt > MAX_HIDDEN_MS) this.again();
    });
  }

  /** Call `watcher` with what changed. Returns what stops that. */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /**
   * Follow as this account, as soon as no other tab does. What screens show was read after `since`, by the API's clock:
   * what changed before is no news to them.
   */
  start(account: string, since: number): void {
    this.stop();
    this.since = since;
    this.account = account;
    this.mayFollow = true;
    this.ending = new AbortController();
    this.channel = new BroadcastChannel(`${NAME}-${account}`);
    this.channel.onmessage = ({ data }) => this.tell(data as Change[]);
    void this.lead(account, this.ending.signal);
  }

  stop(): void {
    this.account = null;
    this.ending.abort();
    this.channel?.close();
    this.channel = null;
  }

  /** Follow anew, without the rest of a pause. */
  private again(): void {
    if (this.account !== null) this.start(this.account, this.since);
  }

  private async lead(account: string, signal: AbortSignal): Promise<void> {
    try {
      await navigator.locks.request(`${NAME}-${account}`, { signal }, async () => {
        const cursor = await this.local.device<string>(`cursor ${account}`);
        this.mayFollow = (await this.feed(account, cursor, signal).follow(signal)) !== "forbidden";
      });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
      this.mayFollow = false;
    }
  }

  private feed(account: string, cursor: string | null, signal: AbortSignal): Feed {
    let isFirst = cursor === null;
    return new Feed({
      client: this.client,
      cursor,
      onPage: async ({ items, next_cursor, has_more }) => {
        if (signal.aborted) return;
        await this.local.setDevice(`cursor ${account}`, next_cursor);
        // The first pages name everything there is.
        const news = isFirst ? items.filter((item) => Date.parse(item.at) >= this.since) : items;
        if (news.length > 0) {
          this.channel?.postMessage(news);
          this.tell(news);
        }
        if (isFirst && !has_more) void this.readTasks();
        isFirst &&= has_more;
      },
      onRestart: async () => void (isFirst = true),
    });
  }

  private tell(items: Change[]): void {
    this.watchers.forEach((watcher) => watcher(items));
    if (items.some((item) => item.kind === "worklist" || item.change === "opened" || item.change === "closed")) void this.readTasks();
  }
}
