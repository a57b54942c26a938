/** One psychotherapy note: your draft is written here, a signed one is read; nothing of it stays on this computer. */
import { useEffect, useState } from "preact/hooks";
import { useDesk, useLoaded } from "../../core/hooks.js";
import { readOwnNote, type OwnNote } from "../../core/own-notes.js";
import { OwnWriter, writerFor, writerOf } from "../../core/own-writer.js";
import { readPatient, readSession } from "../../core/things.js";
import { useNames } from "../../core/staff.js";
import { en } from "../../messages/en/own-notes.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Pending, Title, Words } from "../../parts/basics.js";
import { OwnEditor } from "./editor.js";
import { Readers } from "./readers.js";

const w = spoken({ en });

function Heading({ patientId, sessionId, note }: { patientId: string; sessionId: string | null; note: OwnNote | null }) {
  const { me } = useDesk();
  const names = useNames();
  const patient = useLoaded(`patient ${patientId}`, () => readPatient(patientId));
  const session = useLoaded(`session ${sessionId}`, async () => (sessionId ? await readSession(sessionId) : null));
  const isOwn = note === null || note.author_id === me?.id;
  const facts = [
    isOwn ? w.byYou : w.by(names(note.author_id)),
    session.value && w.sessionOf(momentOf(session.value.started_at ?? session.value.planned_start_at)),
    note?.signed_at && w.signedOn(momentOf(note.signed_at)),
  ];
  const title = note === null ? w.newOne : w.one;
  return (
    <div class="heading">
      <div>
        <p class="eyebrow">
          <a data-chart href={patient.value === null ? "#/own-notes" : `#/chart/${patientId}`} dir="auto">
            {patient.value?.name ?? (patient.message ? w.hidden : "…")}
          </a>
        </p>
        <Title label={title}>{title}</Title>
        <p class="hint">{facts.filter(Boolean).join(" · ")}</p>
      </div>
      <span class="tag">{w.state[note?.state ?? "draft"]}</span>
    </div>
  );
}

function Existing({ id }: { id: string }) {
  const { me } = useDesk();
  const held = writerFor(id);
  const loaded = useLoaded(`own note ${id}`, () => readOwnNote(id), (change) => change.id === id && held === undefined);
  // Without a connection, what was left unsaved in this window can be gone on with.
  const note = loaded.value ?? (loaded.message && held?.note ? { ...held.note, text: held.text } : null);
  if (note === null) {
    return (
      <>
        <Title label={w.one}>{w.one}</Title>
        <Pending loaded={loaded} />
      </>
    );
  }
  const isOwn = note.author_id === me?.id;
  const isDraft = isOwn && note.state === "draft";
  return (
    <div class="reading">
      <Heading patientId={note.patient_id} sessionId={note.session_id} note={note} />
      {note.granted_until && <p class="hint">{w.grantEnds(momentOf(note.granted_until))}</p>}
      {isDraft ? (
        <OwnEditor key={id} writer={writerOf(id, () => new OwnWriter(id, note.patient_id, note.session_id, note, note.text))} onSigned={loaded.reload} />
      ) : (
        <article class="card sheet">
          <Words>{note.text}</Words>
        </article>
      )}
      {isOwn && <Readers noteId={id} />}
    </div>
  );
}

function New({ patientId, sessionId }: { patientId: string; sessionId: string }) {
  const [id, setId] = useState("");
  const name = `new ${patientId} ${sessionId}`;
  const [writer] = useState(() => writerOf(name, () => new OwnWriter(name, patientId, sessionId || null, null, "")));
  const [isSigned, setIsSigned] = useState(false);
  useEffect(
    () =>
      writer.subscribe(() => {
        if (writer.note === null) return;
        setId(writer.note.id);
        // The address of what is there now, without opening it anew under whoever writes.
        if (location.hash.startsWith("#/own-note/new")) history.replaceState(null, "", `#/own-note/${writer.note.id}`);
      }),
    [writer],
  );
  if (isSigned) return <Existing id={id} />;
  return (
    <div class="reading">
      <Heading patientId={patientId} sessionId={sessionId || null} note={null} />
      <p class="hint">{w.belongs}</p>
      <OwnEditor writer={writer} onSigned={async () => setIsSigned(true)} />
      {id && <Readers noteId={id} />}
    </div>
  );
}

/** Of a new one, `session` is whose chart it is, and `format` the session that it is about. */
export function OwnNoteScreen({ id, session, format }: { id: string; session: string; format: string }) {
  return id === "new" ? <New key={`${session} ${format}`} patientId={session} sessionId={format} /> : <Existing id={id} />;
}
