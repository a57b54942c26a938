/**
 * Writing a psychotherapy note. What the API does not have yet is in the memory of this page, and on no disk.
 *
 * So a writer lives on when its screen is left, until every word is saved; the page asks before it is closed. It ends
 * with the sign-out, and when somebody else signs in.
 */
import { newId, NoAnswer, Problem } from "@integration-journal/client";
import { desk } from "./desk.js";
import { createOwnNote, readOwnNote, saveOwnNote, type OwnNoteItem } from "./own-notes.js";

const WAIT_MS = 1000;
const RETRY_MS = 5000;

/** `unsaved`: it is about to be sent. `offline`, `ended`: it waits for the connection, or for a sign-in. */
export type OwnState = "saved" | "unsaved" | "saving" | "offline" | "ended" | "conflict" | "refused";

const writers = new Map<string, OwnWriter>();

export class OwnWriter {
  text = "";
  state: OwnState = "saved";
  savedAt: number | null = null;
  /** The text that was saved elsewhere meanwhile; a person decides. */
  theirs: string | null = null;
  /** Why it is refused. */
  problem = "";
  private base = "";
  private sent = "";
  /** The first text, until the API has said that it has it: sent again as it was, it makes no second note. */
  private first: { text: string; key: string } | null = null;
  private readonly account = desk.state.holder?.accountId;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private isOver = false;

  /** `note` is null for one that is not there yet. */
  constructor(
    private name: string,
    readonly patientId: string,
    private readonly sessionId: string | null,
    public note: OwnNoteItem | null,
    text: string,
  ) {
    this.text = this.base = text;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get isWatched(): boolean {
    return this.listeners.size > 0;
  }

  get isWhole(): boolean {
    return this.text === this.base || (this.note === null && this.text.trim() === "");
  }

  write(text: string): void {
    this.text = text;
    if (this.state !== "conflict" && this.state !== "refused") this.tell(this.isWhole ? "saved" : "unsaved");
    this.later(WAIT_MS);
  }

  decide(text: string): void {
    this.theirs = null;
    this.tell("unsaved");
    this.write(text);
    void this.flush();
  }

  /** Send now what can be sent; resolves when that is over. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isOver || this.isWhole || this.state === "conflict" || this.state === "refused") return;
    if (this.text.trim() === "") return; // the API takes no empty note
    this.saving ??= this.save().finally(() => {
      this.saving = null;
    });
    await this.saving;
  }

  /** Send, and return the note that has every word. Raises Error if the API does not have all of it. */
  async settled(): Promise<OwnNoteItem> {
    await this.flush();
    await this.flush(); // what was written while the first one ran
    if (this.note === null || !this.isWhole) throw new Error("not all of it is saved");
    return this.note;
  }

  /** The note as it is after a step that does not change the text. */
  adopt(note: OwnNoteItem): void {
    this.note = note;
    this.tell(this.state);
  }

  /** Write no more, and keep nothing. */
  end(): void {
    this.isOver = true;
    this.text = this.base = this.sent = "";
    this.theirs = null;
    clearTimeout(this.timer);
    writers.delete(this.name);
  }

  /** Where it is written. */
  get address(): string {
    return this.note === null ? `#/own-note/new/${this.patientId}${this.sessionId ? `/${this.sessionId}` : ""}` : `#/own-note/${this.note.id}`;
  }

  isOf(accountId: string): boolean {
    return this.account === accountId;
  }

  get isOfAnother(): boolean {
    return desk.state.holder?.accountId !== this.account;
  }

  /** Whether the sign-in is no more that of who wrote this: the page of one account may get that of another. */
  private async isForeign(): Promise<boolean> {
    return (await desk.client.auth.fresh()).accountId !== this.account;
  }

  private async save(): Promise<void> {
    this.tell("saving");
    try {
      if (await this.isForeign()) return this.end();
      const { note } = this;
      if (note === null) {
        const { text, key } = (this.first ??= { text: this.text, key: newId() });
        const body = { text, ...(this.sessionId ? { session_id: this.sessionId } : {}) };
        this.saved(await desk.ask(() => createOwnNote(this.patientId, body, key)), text);
      } else {
        const text = (this.sent = this.text);
        this.saved(await desk.ask(() => saveOwnNote(note, text)), text);
      }
    } catch (error) {
      await this.failed(error);
    }
  }

  private saved(note: OwnNoteItem, text: string): void {
    if (this.isOver) return;
    if (this.note === null) {
      writers.delete(this.name);
      this.name = note.id;
      writers.set(note.id, this);
    }
    this.note = note;
    this.base = text;
    this.savedAt = Date.now();
    this.tell(this.isWhole ? "saved" : "unsaved");
    if (!this.isWhole) this.later(WAIT_MS);
  }

  private async failed(error: unknown): Promise<void> {
    if (error instanceof NoAnswer) {
      this.tell("offline");
      this.later(RETRY_MS);
    } else if (error instanceof Problem && error.isSignInEnded) this.tell("ended");
    else if (error instanceof Problem && error.isStale && this.note !== null) await this.meet(this.note.id);
    else if (error instanceof Problem && error.isTransient) {
      this.tell("unsaved");
      this.later(RETRY_MS);
    } else {
      this.first = null;
      this.problem = error instanceof Problem ? error.body.detail : String(error);
      this.tell("refused");
    }
  }

  /** Another version is there: ours, if its answer was lost; else both are shown. */
  private async meet(id: string): Promise<void> {
    try {
      if (await this.isForeign()) return this.end();
      const found = await desk.ask(() => readOwnNote(id));
      this.note = found;
      const isOurs = found.text === this.sent || found.text === this.base;
      this.base = found.text;
      if (isOurs || this.text === found.text) {
        this.tell(this.isWhole ? "saved" : "unsaved");
        this.later(0);
        return;
      }
      this.theirs = found.text;
      this.tell("conflict");
    } catch (error) {
      if (error instanceof Problem && error.isStale) throw error;
      await this.failed(error);
    }
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private tell(state: OwnState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener());
  }
}

/** Return who writes this: one that was left before every word was saved goes on. */
export function writerOf(name: string, make: () => OwnWriter): OwnWriter {
  const found = writers.get(name) ?? make();
  writers.set(name, found);
  return found;
}

/** Whoever writes this note now, or has left words that the API does not have. */
export const writerFor = (name: string): OwnWriter | undefined => writers.get(name);
export const unsavedWriters = (): OwnWriter[] => every().filter((writer) => !writer.isWhole);

/** The screen is left: send what is not sent, and forget what is. */
export async function leaveWriter(writer: OwnWriter): Promise<void> {
  await writer.flush();
  if (writer.isWhole && !writer.isWatched) writer.end(); // somebody may have come back to it meanwhile
}

const every = (): OwnWriter[] => [...writers.values()];
addEventListener("beforeunload", (event) => {
  if (every().some((writer) => !writer.isWhole)) event.preventDefault();
});
addEventListener("online", () => every().forEach((writer) => void writer.flush()));
addEventListener("desk-save", () => every().forEach((writer) => void writer.flush()));
desk.client.auth.onChange((session) => {
  if (session === null) return;
  every().forEach((writer) => (writer.isOf(session.accountId) ? void writer.flush() : writer.end()));
});
desk.subscribe(() => every().filter((writer) => writer.isOfAnother).forEach((writer) => writer.end()));
