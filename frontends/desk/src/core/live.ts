/**
 * What changed elsewhere. The change feed names things; what is open is then read again.
 *
 * An API without the feed (404) has its worklist read instead, and open things when the page is looked at again.
 */
import { Feed, NoAnswer, Problem, type Change, type Client } from "@integration-journal/client";
import type { Local } from "./local.js";

const POLL_MS = 15_000;

export type Watcher = (changes: Change[]) => void;

export class Live {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private feed: Feed | null = null;
  private hasFeed = true;
  private isFirst = true;
  private isRunning = false;
  private looking: Promise<void> | null = null;
  private readonly watchers = new Set<Watcher>();

  constructor(
    private readonly client: Client,
    private readonly local: Local,
    private readonly readTasks: () => Promise<void>,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (this.isRunning && document.visibilityState === "visible") void this.look();
    });
  }

  /** Call `watcher` with each page of changes. Returns what stops that. */
  watch(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  async start(account: string): Promise<void> {
    this.stop();
    const cursor = await this.local.device<string>(`cursor ${account}`);
    this.isFirst = cursor === null;
    this.feed = this.newFeed(account, cursor);
    this.isRunning = true;
    void this.look();
  }

  stop(): void {
    this.isRunning = false;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Ask what changed now. Several calls share one. */
  async look(): Promise<void> {
    this.looking ??= this.ask().finally(() => {
      this.looking = null;
      if (this.timer !== null) clearTimeout(this.timer);
      if (this.isRunning) this.timer = setTimeout(() => void this.look(), POLL_MS);
    });
    await this.looking;
  }

  private newFeed(account: string, cursor: string | null): Feed {
    return new Feed({
      client: this.client,
      cursor,
      onPage: async ({ items, next_cursor }) => {
        await this.local.setDevice(`cursor ${account}`, next_cursor);
        // The first pages name everything there is; nothing of it is news to a page that was just opened.
        if (this.isFirst || items.length === 0) return;
        this.watchers.forEach((watcher) => watcher(items));
        if (items.some((item) => item.kind === "worklist" || item.change === "opened" || item.change === "closed")) await this.readTasks();
      },
      onRestart: async () => {
        this.isFirst = true;
        await this.readTasks();
      },
    });
  }

  private async ask(): Promise<void> {
    if (document.visibilityState === "hidden" || this.feed === null) return;
    try {
      if (this.hasFeed) {
        await this.feed.catchUp();
        this.isFirst = false;
        return;
      }
    } catch (error) {
      if (error instanceof NoAnswer) return;
      if (!(error instanceof Problem)) throw error;
      if (error.status !== 404) return;
      this.hasFeed = false;
    }
    await this.readTasks();
  }
}
