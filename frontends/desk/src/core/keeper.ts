/** The draft of one page on the disk of this computer. One change of it follows the other; the last of several counts. */
import type { Draft, Local } from "./local.js";

export class Keeper {
  private last: Promise<void> = Promise.resolve();
  private count = 0;

  constructor(
    private readonly local: Local,
    private readonly draft: () => Draft,
    private readonly onKept: (isKept: boolean) => void,
  ) {}

  /** Write the draft as it is when its turn comes. */
  async keep(): Promise<void> {
    this.onKept(false);
    await this.follow(() => this.local.keep(this.draft()));
  }

  /** Remove it: the API has every word of it. */
  async letGo(): Promise<void> {
    await this.follow(() => this.local.remove(this.draft()));
  }

  /** Resolves when the disk has all, also what it refused: the page shows that, and the API may still get it. */
  async idle(): Promise<void> {
    await this.last.catch(() => undefined);
  }

  private async follow(change: () => Promise<void>): Promise<void> {
    const mine = ++this.count;
    this.last = this.last
      .catch(() => undefined)
      .then(async () => {
        if (this.count !== mine) return;
        await change();
        this.onKept(true);
      });
    await this.idle();
  }
}
