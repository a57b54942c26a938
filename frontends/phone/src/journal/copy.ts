/**
 * The copy of what the API has: on the screen, and on the disk.
 *
 * Each change is made to the state first, and the disk follows in the same order. So a reading that began before an
 * answer to a write takes nothing away that the answer brought.
 */
import type { Local } from "./local.js";
import type { Shown, State } from "./shown.js";

const KINDS = { reflections: "reflection", plans: "plan", practices: "practice", goals: "goal", summaries: "summary", prompts: "prompts", inbox: "inbox", team: "team", items: "items", asked: "asked" } as const;
const SINGLE = { home: "home", next: "next", fetchedAt: "fetched" } as const;

/** A list that is read whole. */
export type Kind = keyof typeof KINDS;
/** A list whose things an answer to a write shows. */
export type Written = "reflections" | "plans" | "practices" | "summaries";

interface Thing {
  id: string;
}

export class Copy {
  /** What answers to writes have brought or taken since the reading that is under way has begun. */
  private touched = new Set<string>();

  constructor(
    private readonly local: Local,
    private readonly shown: Shown,
  ) {}

  /** Note that everything is being read anew. */
  beginReading(): void {
    this.touched = new Set();
  }

  /** Return everything that the disk has of an account. */
  async all(account: string): Promise<Pick<State, Kind | keyof typeof SINGLE>> {
    const [home, next, fetchedAt, reflections, plans, practices, goals, summaries, prompts, inbox, team, items, asked] = await Promise.all([
      this.local.one<NonNullable<State["home"]>>(account, SINGLE.home),
      this.local.one<NonNullable<State["next"]>>(account, SINGLE.next),
      this.local.one<number>(account, SINGLE.fetchedAt),
      this.list(account, "reflections"),
      this.list(account, "plans"),
      this.list(account, "practices"),
      this.list(account, "goals"),
      this.list(account, "summaries"),
      this.list(account, "prompts"),
      this.list(account, "inbox"),
      this.list(account, "team"),
      this.list(account, "items"),
      this.list(account, "asked"),
    ]);
    return { home, next, fetchedAt, reflections, plans, practices, goals, summaries, prompts, inbox, team, items, asked };
  }

  /** Return what the disk has of the things that are written here, or in another tab. */
  async written(account: string): Promise<Pick<State, Written>> {
    const [reflections, plans, practices, summaries] = await Promise.all([
      this.list(account, "reflections"),
      this.list(account, "plans"),
      this.list(account, "practices"),
      this.list(account, "summaries"),
    ]);
    return { reflections, plans, practices, summaries };
  }

  async one<K extends keyof typeof SINGLE>(account: string, name: K, value: NonNullable<State[K]>): Promise<void> {
    this.shown.set({ [name]: value } as Partial<State>);
    await this.local.put(account, SINGLE[name], "", value);
  }

  /** Put a list that was read in the place of the one that is there, but for what was touched meanwhile. */
  async replace<K extends Kind>(account: string, name: K, read: State[K]): Promise<void> {
    const [found, present] = [read as Thing[], this.shown.state[name] as Thing[]];
    const kept = [...found.filter((one) => !this.touched.has(one.id)), ...present.filter((one) => this.touched.has(one.id))];
    this.shown.set({ [name]: kept } as Partial<State>);
    await this.local.replace(account, KINDS[name], kept);
  }

  /** Keep what an answer to a write shows. Resolves when the disk has it. */
  async keep(account: string, name: Written, thing: Thing): Promise<void> {
    this.touched.add(thing.id);
    this.shown.set({ [name]: [thing, ...this.without(name, thing.id)] } as Partial<State>);
    await this.local.put(account, KINDS[name], thing.id, thing);
  }

  /** Drop what an answer to a write says is gone. */
  async drop(account: string, name: Written, id: string): Promise<void> {
    this.touched.add(id);
    this.shown.set({ [name]: this.without(name, id) } as Partial<State>);
    await this.local.remove(account, KINDS[name], id);
  }

  private without(name: Written, id: string): Thing[] {
    return (this.shown.state[name] as Thing[]).filter((one) => one.id !== id);
  }

  private async list<K extends Kind>(account: string, name: K): Promise<State[K]> {
    return (await this.local.all(account, KINDS[name])) as State[K];
  }
}
