/** One note: a draft is an editor, everything else is read. */
import { NoAnswer, Problem } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { useDesk, useLoaded, wordsFor } from "../../core/hooks.js";
import type { Draft } from "../../core/local.js";
import { useLayout, type Layout } from "../../core/layouts.js";
import { readNote, readPatient, readSession, readTeam } from "../../core/things.js";
import type { Member, Note } from "../../core/types.js";
import { en } from "../../messages/en/note.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { plain, stateWords } from "../../messages/words.js";
import { Title } from "../../parts/basics.js";
import { Unsaved } from "../../parts/saving.js";
import { NoteEditor } from "./editor.js";
import { NoteReader } from "./reader.js";

const w = spoken({ en });

/** What a note that the API may not have yet is about. */
export type NoteFacts = Record<string, string>;

interface Opened {
  note: Note | null;
  etag: string;
  facts: NoteFacts;
  drafts: Draft[];
}

export const canWrite = (note: Note | null): boolean => note === null || note.allowed_actions.includes("update");

const factsOf = (note: Note): NoteFacts => ({ session_id: note.session_id, format: note.format, patient_id: note.patient_id, template_id: note.template_id ?? "" });

/** Read the note; or what this computer has of it, if the API has none yet or cannot be reached. */
async function open(id: string, given: NoteFacts): Promise<Opened> {
  const account = desk.state.holder?.accountId ?? "";
  const drafts = await desk.local.drafts(account, `note ${id}`);
  const facts = { ...given, ...drafts[0]?.facts };
  try {
    if (!navigator.onLine) throw new NoAnswer("the browser is offline");
    const { thing, etag } = await readNote(id);
    return { note: thing, etag, facts: factsOf(thing), drafts };
  } catch (error) {
    const isNew = error instanceof Problem && error.status === 404;
    if (facts["session_id"] && (isNew || error instanceof NoAnswer)) return { note: null, etag: "", facts, drafts };
    throw error;
  }
}

/** Whose note it is, of which session, by whom. */
export function NoteHeading({ note, facts, team, layout }: { note: Note | null; facts: NoteFacts; team: Member[]; layout: Layout }) {
  const { me } = useDesk();
  const session = useLoaded(`session ${facts["session_id"]}`, () => readSession(facts["session_id"] ?? ""));
  const patientId = note?.patient_id ?? session.value?.patient_id ?? facts["patient_id"] ?? "";
  const patient = useLoaded(`patient ${patientId}`, () => (patientId ? readPatient(patientId) : Promise.resolve(null)));
  const author = note?.signature?.name ?? team.find((member) => member.account_id === note?.author_id)?.name;
  const who = note === null || note.author_id === me?.id ? w.byYou : author ? w.of(author) : "";
  const title = w.title(layout.title);
  return (
    <div class="heading">
      <div>
        {patientId && (
          <p class="eyebrow">
            <a data-chart href={`#/chart/${patientId}`} dir="auto">
              {patient.value?.name ?? "…"}
            </a>
          </p>
        )}
        <Title label={title}>{title}</Title>
        <p class="hint">
          {session.value && `${plain(session.value.phase)}, ${momentOf(session.value.started_at ?? session.value.planned_start_at)}`}
          {who && ` · ${who}`}
          {note?.is_late_entry && ` · ${w.late}`}
        </p>
      </div>
      <span class="tag">{stateWords(note?.state ?? "draft")}</span>
    </div>
  );
}

export function NoteScreen({ id, session, format, template }: { id: string; session: string; format: string; template: string }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [message, setMessage] = useState("");
  const { phase } = useDesk();
  const load = (): Promise<void> =>
    desk.ask(() => open(id, session ? { session_id: session, format, template_id: template } : {})).then(
      (found) => {
        setOpened(found);
        setMessage("");
      },
      (error: unknown) => setMessage(wordsFor(error)),
    );
  useEffect(() => {
    if (opened === null && phase === "here") void load();
  }, [phase]);
  const patientId = opened?.facts["patient_id"] ?? "";
  const team = useLoaded(`team ${patientId}`, () => (patientId ? readTeam(patientId) : Promise.resolve([])));
  const layout = useLayout(opened?.facts["format"] ?? "", opened?.facts["template_id"] ?? "");
  const isOpen = opened !== null && canWrite(opened.note);
  useEffect(() => {
    if (opened === null || isOpen) return;
    const account = desk.state.holder?.accountId ?? "";
    void desk.local.drafts(account, `note ${id}`).then((drafts) => setOpened((before) => before && { ...before, drafts }));
  }, [isOpen]);
  useEffect(
    () =>
      desk.live.watch((changes) => {
        if (!isOpen && changes.some((change) => change.id === id)) void load();
      }),
    [isOpen],
  );
  if (opened === null) {
    return (
      <>
        <Title label={t.kind.note}>{t.kind.note}</Title>
        <p role={message ? "alert" : undefined}>{message || t.loading}</p>
      </>
    );
  }
  const { note, etag, facts, drafts } = opened;
  const heading = <NoteHeading note={note} facts={facts} team={team.value ?? []} layout={layout} />;
  const changed = (found: Note, version: string): void => setOpened({ ...opened, note: found, etag: version, facts: factsOf(found) });
  if (isOpen) return <div class="reading"><NoteEditor layout={layout} heading={heading} id={id} note={note} facts={facts} onRead={(found, version) => setOpened((before) => ({ note: found, etag: version, facts: factsOf(found), drafts: before?.drafts ?? [] }))} reload={load} /></div>;
  if (note === null) return heading;
  return (
    <div class="reading">
      {heading}
      <Unsaved drafts={drafts} words={layout.words} />
      <NoteReader layout={layout} note={note} etag={etag} team={team.value ?? []} onChanged={changed} reload={load} />
    </div>
  );
}
