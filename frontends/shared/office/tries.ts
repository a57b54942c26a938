/** A form that is sent under an id of its own, and the tries that had no answer. */
import { newId, NoAnswer, Problem } from "@integration-journal/client";
import { NotSent, readShown } from "./hooks.js";
import { office } from "./office.js";

/** How the API says that something else has arrived under this id, or under a key that is made of it. */
const ARRIVED = ["id-taken", "idempotency-key-reused"];

export class Tries {
  private id = newId();
  private lost: string[] = [];

  /**
   * Send under the id. If a try before had no answer, and the id is taken, that try has arrived: if it said the same, this
   * is sent. Else NotSent is raised, nothing is written over, and the next try has an id of its own.
   */
  async send(content: unknown, work: (id: string) => Promise<unknown>): Promise<void> {
    const said = JSON.stringify(content);
    try {
      await work(this.id);
    } catch (error) {
      if (error instanceof NoAnswer) this.lost.push(said);
      if (!(error instanceof Problem) || !ARRIVED.includes(error.code) || this.lost.length === 0) throw error;
      const isSame = this.lost.every((one) => one === said);
      this.renew();
      await readShown();
      if (!isSame) throw new NotSent(office.t.problem.arrived);
    }
    this.renew();
  }

  private renew(): void {
    this.id = newId();
    this.lost = [];
  }
}
