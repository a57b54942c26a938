/** The pages of this computer that write: each holds a lock until it ends, so that another one can take up what it left. */
import { newId } from "@integration-journal/client";
import type { Draft } from "./local.js";

const LOCK = "integration-journal-desk-writer-";

/** One page that writes one thing. */
export class Writer {
  readonly id = newId();
  private readonly followed = new Set<string>();
  private readonly ending = new AbortController();
  private release: () => void = () => undefined;

  /** Hold the lock that says that this page writes. */
  hold(): void {
    void navigator.locks.request(LOCK + this.id, () => new Promise<void>((resolve) => (this.release = resolve)));
  }

  /** Let others take up what this page left. */
  end(): void {
    this.ending.abort();
    this.release();
  }

  /** Return the drafts whose pages have ended, the newest first; `onEnd` is called when one of the others ends. */
  async orphansOf(drafts: Draft[], onEnd: () => void): Promise<Draft[]> {
    const { held = [] } = await navigator.locks.query();
    const names = new Set(held.map((lock) => lock.name));
    const isWriting = (draft: Draft): boolean => names.has(LOCK + draft.writer);
    const others = drafts.filter((draft) => draft.writer !== this.id);
    for (const { writer } of others.filter(isWriting)) {
      if (!this.followed.has(writer)) void this.follow(writer, onEnd);
    }
    return others.filter((draft) => !isWriting(draft)).sort((a, b) => b.savedAt - a.savedAt);
  }

  /** Wait for the end of another page. One that is loaded anew can still hold its lock when the next has begun. */
  private async follow(writer: string, onEnd: () => void): Promise<void> {
    const { signal } = this.ending;
    this.followed.add(writer);
    try {
      await navigator.locks.request(LOCK + writer, { mode: "shared", signal }, () => undefined);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    this.followed.delete(writer);
    onEnd();
  }
}
