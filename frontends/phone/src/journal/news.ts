/** What is new since this page looked last, by the change feed: kinds of things, and never their content. */
import { Feed, type Client } from "@integration-journal/client";
import type { Local } from "./local.js";

const WHOLE_MS = 24 * 3600_000;
const NAME = "feed";

/** The place of a copy in the feed. It is kept with the copy, and goes with it. */
export interface Place {
  cursor: string | null;
  /** When everything was read last, by this phone's clock. */
  wholeAt: number;
}

export interface Found extends Place {
  kinds: string[];
  /** Read everything: this copy has no place in the feed, a chart has opened or closed, or a day is over. */
  isAll: boolean;
}

export class News {
  constructor(
    private readonly client: Client,
    private readonly local: Local,
    private place: Place | null,
  ) {}

  /**
   * Ask the feed. Its place is kept by `keep`, when what it names was read.
   *
   * If the copy on the disk was dropped meanwhile, as another tab does when a sign-in has ended, everything is read anew.
   */
  async since(account: string): Promise<Found> {
    if ((await this.local.one<Place>(account, NAME)) === null) {
      this.place = null;
      await this.local.put(account, NAME, "", { cursor: null, wholeAt: 0 } satisfies Place); // `keep` asks whether it is still there
    }
    const { cursor, wholeAt } = this.place ?? { cursor: null, wholeAt: 0 };
    const found: Found = { cursor, wholeAt, kinds: [], isAll: cursor === null || Math.abs(Date.now() - wholeAt) > WHOLE_MS };
    const feed = new Feed({
      client: this.client,
      cursor,
      onPage: async ({ items, next_cursor }) => {
        found.cursor = next_cursor;
        found.kinds.push(...items.map((item) => item.kind));
        if (items.some((item) => item.kind === "chart")) found.isAll = true;
      },
      onRestart: async () => {
        found.isAll = true;
      },
    });
    await feed.catchUp();
    return found;
  }

  /** Keep the place with the copy. Returns false, and keeps none, if the copy was dropped while it was read. */
  async keep(account: string, { cursor, wholeAt, isAll }: Found): Promise<boolean> {
    const place: Place = { cursor, wholeAt: isAll ? Date.now() : wholeAt };
    const isKept = await this.local.exchange(account, NAME, place);
    this.place = isKept ? place : null;
    return isKept;
  }
}
