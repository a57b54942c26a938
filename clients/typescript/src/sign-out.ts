/** Signing out on a device whose network may be away: here at once, and at the API before anybody signs in there again. */
import type { Auth } from "./auth.js";
import { alone } from "./locks.js";
import { Problem } from "./problems.js";

export interface SignOutOptions {
  auth: Auth;
  /** A name of the app: its tabs leave together. */
  app: string;
  /** Whether this device has noted a sign-out that the API may not have heard of. */
  isNoted: () => Promise<boolean>;
  /** The API has heard of it: the note can go. */
  onTold: () => Promise<void>;
  /** Another tab has signed out: call `auth.leave`, and show nothing of the person any more. */
  onLeave: () => void;
}

const RETRY_MS = 10_000;

/**
 * What an app in a browser still owes the API after a sign-out.
 *
 * The app calls `auth.leave`, writes its note to the disk, and calls `tell`. It calls `follow` when it starts, and `finish`
 * before it signs anybody in.
 */
export class SignOut {
  private readonly channel: BroadcastChannel;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SignOutOptions) {
    this.channel = new BroadcastChannel(`integration-journal-signed-out-${options.app}`);
    this.channel.onmessage = () => options.onLeave();
    addEventListener("online", () => void this.follow());
  }

  /** Let the other tabs leave, and tell the API. */
  async tell(): Promise<void> {
    this.channel.postMessage("signed-out");
    await this.follow();
  }

  /** Tell the API of a sign-out that is noted, again and again until it has heard it or the page ends. */
  async follow(): Promise<void> {
    clearTimeout(this.timer);
    await this.finish().catch(() => {
      this.timer = setTimeout(() => void this.follow(), RETRY_MS);
    });
  }

  /** Tell the API of a sign-out that is noted. Raises NoAnswer, and Problem if the same may succeed later. */
  async finish(): Promise<void> {
    const { app, auth, isNoted, onTold } = this.options;
    await alone(`integration-journal-sign-out-${app}`, async () => {
      if (!(await isNoted())) return;
      await auth.signOut().catch((error: unknown) => {
        if (!(error instanceof Problem) || error.isTransient) throw error;
      });
      await onTold();
    });
  }
}
