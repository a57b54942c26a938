/** The notes that the care team shared with the person: to read, to ask for a change, to disagree in writing. */
import { newId, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useOnline } from "../../journal/online.js";
import type { AmendmentRequest, Note, NoteItem } from "../../journal/types.js";
import { dayOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { TextField, Title, Words } from "../../parts/basics.js";

const w = r.notes;
const plain = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");

export function Notes() {
  const { value, isMissing } = useOnline<NoteItem[]>("notes", async () => (await unwrap(journal.client.http.GET("/v1/notes", { params: { query: { limit: 100 } } }))).data.items);
  return (
    <>
      <Title>{w.title}</Title>
      <p role="status">{value === null && isMissing ? r.offline : value?.length === 0 ? w.none : ""}</p>
      <ul class="plain">
        {value?.map((note) => (
          <li key={note.id}>
            <a class="card row-link" href={`#/note/${note.id}`}>
              <strong>{w.of(dayOf(note.service_at ?? note.created_at))}</strong>
              {note.signature?.name && <span class="hint">{w.by(note.signature.name)}</span>}
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href="#/more">{t.back}</a>
      </p>
    </>
  );
}

/** Texts that are sent once, and kept on the phone until then. */
function Saying({ name, open, lead, labels, send, onSend }: { name: string; open: string; lead: string; labels: string[]; send: string; onSend: (texts: string[]) => Promise<void> }) {
  const draft = useDraft<string[]>(name, () => labels.map(() => ""));
  const [isOpen, setIsOpen] = useState(false);
  const texts = draft.value ?? [];
  if (!isOpen) {
    return (
      <button type="button" class="wide" onClick={() => setIsOpen(true)}>
        {open}
      </button>
    );
  }
  return (
    <section class="card">
      <p>{lead}</p>
      {labels.map((label, index) => (
        <TextField key={label} name={`${name.replaceAll(" ", "-")}-${index}`} label={label} rows={3} value={texts[index] ?? ""} onInput={(text) => draft.set(labels.map((_, at) => (at === index ? text : (texts[at] ?? ""))))} />
      ))}
      <button type="button" class="primary wide" disabled={labels.some((_, index) => !texts[index]?.trim())} onClick={() => void onSend(texts.map((text) => text.trim())).then(() => { setIsOpen(false); return draft.clear(); })}>
        {send}
      </button>
    </section>
  );
}

function Request({ request }: { request: AmendmentRequest }) {
  return (
    <article class="card">
      <Words>{request.text}</Words>
      <p class="hint">{request.answered_at ? w.answered(w.state[request.state] ?? request.state, dayOf(request.answered_at)) : w.due(dayOf(request.due_at))}</p>
      {request.answer && <Words>{request.answer}</Words>}
      {request.rights && <p class="hint">{request.rights}</p>}
    </article>
  );
}

async function readAll(note_id: string) {
  const { http } = journal.client;
  const [note, requests] = await Promise.all([
    unwrap(http.GET("/v1/notes/{note_id}", { params: { path: { note_id } } })),
    unwrap(http.GET("/v1/amendment-requests", { params: { query: { note_id, limit: 50 } } })),
  ]);
  return { note: note.data as Note, requests: requests.data.items as AmendmentRequest[] };
}

export function NoteScreen({ id }: { id: string }) {
  const { waiting } = useJournal();
  const { value, isMissing } = useOnline(`note ${id}`, () => readAll(id));
  if (value === null) {
    return (
      <>
        <Title>{w.title}</Title>
        <p role="status">{isMissing ? r.offline : t.loading}</p>
      </>
    );
  }
  const { note, requests } = value;
  const mine = waiting.filter((entry) => entry.thing_id === id);
  const path = { note_id: id };
  return (
    <>
      <Title>{w.of(dayOf(note.service_at ?? note.created_at))}</Title>
      {note.signature?.name && <p class="hint">{w.by([note.signature.name, note.signature.credential].filter(Boolean).join(", "))}</p>}
      {note.error_reason && <p class="card warning">{w.errored}</p>}
      <article class="card">
        {Object.entries(note.sections).map(([name, text]) => (
          <section key={name}>
            <h2>{plain(name)}</h2>
            <Words>{text}</Words>
          </section>
        ))}
        {note.addenda.map((one) => (
          <section key={one.id}>
            <h2>{w.added(dayOf(one.created_at))}</h2>
            <Words>{one.text}</Words>
          </section>
        ))}
      </article>
      <p>
        <a href={`#/who/note/${id}`}>{t.entry.who}</a>
      </p>
      {(note.disagreements.length > 0 || requests.length > 0) && <h2>{w.yours}</h2>}
      {note.disagreements.map((one) => (
        <article key={one.id} class="card">
          <Words>{one.text}</Words>
          <p class="hint">{w.disagreed(dayOf(one.at))}</p>
        </article>
      ))}
      {requests.map((one) => (
        <Request key={one.id} request={one} />
      ))}
      <p role="status">{mine.length > 0 ? w.waits : ""}</p>
      <Saying name={`request ${id}`} open={w.ask} lead={w.askLead} labels={[w.what, w.why]} send={w.askSend} onSend={async ([text = "", reason = ""]) => {
        await journal.write("create_amendment_request", { path, body: { id: newId(), text, reason }, thingId: id });
      }} />
      {note.allowed_actions.includes("add_disagreement") && (
        <Saying name={`disagreement ${id}`} open={w.disagree} lead={w.disagreeLead} labels={[w.statement]} send={w.disagreeSend} onSend={async ([text = ""]) => {
          await journal.write("add_note_disagreement", { path, ifMatch: `"${note.version}"`, body: { text }, thingId: id });
        }} />
      )}
      <p>
        <a href="#/notes">{t.back}</a>
      </p>
    </>
  );
}
