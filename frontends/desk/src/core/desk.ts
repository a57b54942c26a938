/** The desk of this computer: who works at it, what waits, and the one client that every screen uses. */
import { NoAnswer, Problem, unwrap, type Change } from "@integration-journal/client";
import { Office, type Me, type OfAccount, type OfficeState } from "../../../shared/office/office.js";
import { t } from "../messages/index.js";
import { Live } from "./live.js";
import { Local, type Draft } from "./local.js";
import type { Task } from "./types.js";

export interface State extends OfficeState {
  /** Null until it was read. */
  tasks: Task[] | null;
  waiting: number;
  tasksCursor: string | null;
  /** Texts of this account that only this computer has. */
  drafts: Draft[];
}

const EMPTY: OfAccount<State> = { me: null, tasks: null, waiting: 0, tasksCursor: null, needsFactor: false, drafts: [] };
const local = new Local();

/** Whether this is a therapist of another clinic, who is shown what agreements share and nothing else. */
export const isOutsider = (me: Me | null): boolean => me?.roles.includes("outside_therapist") ?? false;

class Desk extends Office<State> {
  readonly local = local;
  readonly live = new Live(this.client, local, () => this.readTasks());

  constructor() {
    super("desk", t, local, EMPTY);
  }

  override watch(watcher: (changes: Change[]) => void): () => void {
    return this.live.watch(watcher);
  }

  override again(): Promise<void> {
    return this.readTasks();
  }

  /** Read the worklist again. A failure changes nothing but `isReached`. */
  async readTasks(): Promise<void> {
    if (this.state.phase !== "here" || this.state.me === null || isOutsider(this.state.me)) return;
    await this.readDrafts();
    try {
      const { data } = await this.ask(() => unwrap(this.client.http.GET("/v1/worklist", { params: { query: { limit: 50 } } })));
      this.set({ tasks: data.items, waiting: data.waiting, tasksCursor: data.next_cursor, needsFactor: false });
    } catch (error) {
      if (!(error instanceof Problem || error instanceof NoAnswer)) throw error;
      if (error instanceof Problem && error.status === 403) this.set({ tasks: [] });
    }
  }

  async moreTasks(): Promise<void> {
    const { tasks, tasksCursor: cursor } = this.state;
    if (cursor === null) return;
    const { data } = await this.ask(() => unwrap(this.client.http.GET("/v1/worklist", { params: { query: { limit: 50, cursor } } })));
    this.set({ tasks: [...(tasks ?? []), ...data.items], tasksCursor: data.next_cursor });
  }

  async readDrafts(): Promise<void> {
    const account = this.state.holder?.accountId;
    this.set({ drafts: account === undefined ? [] : await this.local.drafts(account) });
  }

  protected override welcomed(me: Me, at: number): void {
    if (isOutsider(me)) return; // neither a worklist nor a feed is theirs
    void this.readTasks();
    this.live.start(me.id, at);
  }

  protected override alone(): Promise<void> {
    return this.readDrafts();
  }

  protected override leaving(): void {
    this.live.stop();
  }
}

export const desk = new Desk();
