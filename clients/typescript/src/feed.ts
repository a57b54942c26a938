/** The change feed: what changed since this device looked last. It names things, never their content. */
import type { Client } from "./client.js";
import { NoAnswer, Problem, problemOf } from "./problems.js";
import { followStream, type FollowEnd } from "./stream.js";
import { unlessAborted } from "./transport.js";

/** One thing that changed. `gone` and `closed`: drop what is kept of it. */
export interface Change {
  kind: string;
  id: string;
  patient_id: string | null;
  change: "changed" | "gone" | "opened" | "closed" | (string & {});
  at: string;
  /** Of `opened`: drop the chart at this time, offline too. */
  until?: string | null;
}

export interface ChangePage {
  items: Change[];
  next_cursor: string;
  has_more: boolean;
  caught_up_at: string | null;
}

export interface FeedOptions {
  client: Client;
  /** The cursor of the last page that was handled; null on a new device. */
  cursor: string | null;
  /** Handle one page, and keep its cursor in the same step: if that fails, the page comes again. */
  onPage: (page: ChangePage) => Promise<void>;
  /** The history is another one now: drop everything that was fetched. The feed begins anew. */
  onRestart: () => Promise<void>;
  patientId?: string;
  limit?: number;
}

/** The feed of one account on one device. */
export class Feed {
  private cursor: string | null;

  constructor(private readonly options: FeedOptions) {
    this.cursor = options.cursor;
  }

  /**
   * Read until nothing is left. Returns when the device has caught up with everything before now.
   *
   * Raises the reason of `signal` if that is aborted, also while an answer does not come.
   */
  async catchUp(signal?: AbortSignal): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const page = await this.page(signal);
      if (page === null) {
        this.cursor = null;
        await this.options.onRestart();
        continue;
      }
      await this.options.onPage(page);
      this.cursor = page.next_cursor;
      hasMore = page.has_more;
    }
  }

  /**
   * Catch up, and then be told of each change a second or two after it, by the live stream. Lost networks are waited
   * out. Resolves with the reason when the access has ended or `signal` is aborted.
   */
  async follow(signal?: AbortSignal): Promise<FollowEnd> {
    return await followStream(
      {
        client: this.options.client,
        cursor: () => this.cursor,
        catchUp: () => this.catchUp(signal),
        onRestart: async () => {
          this.cursor = null;
          await this.options.onRestart();
        },
        onChange: async (item, cursor) => {
          await this.options.onPage({ items: [item], next_cursor: cursor, has_more: false, caught_up_at: null });
          this.cursor = cursor;
        },
      },
      signal,
    );
  }

  /** Return the next page; null if the cursor is of another history. Raises Problem, NoAnswer. */
  private async page(signal: AbortSignal = new AbortController().signal): Promise<ChangePage | null> {
    const { client, patientId, limit } = this.options;
    const query = new URLSearchParams();
    if (this.cursor !== null) query.set("cursor", this.cursor);
    if (patientId !== undefined) query.set("patient_id", patientId);
    if (limit !== undefined) query.set("limit", String(limit));
    const request = new Request(`${client.root}/v1/changes?${query}`, { signal });
    const response = await unlessAborted(client.fetch(request), [signal]);
    if (response.ok) {
      try {
        return (await response.json()) as ChangePage;
      } catch {
        throw new NoAnswer("the answer broke off");
      }
    }
    const problem: Problem = await problemOf(response);
    if (problem.status === 410 && this.cursor !== null) return null;
    throw problem;
  }
}
