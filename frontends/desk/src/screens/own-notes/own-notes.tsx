/** Psychotherapy notes: yours in one chart or in all, and those that others let you read. */
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { readOwnNotes, type OwnNoteItem } from "../../core/own-notes.js";
import { unsavedWriters } from "../../core/own-writer.js";
import { readPatient, readSessions } from "../../core/things.js";
import { en } from "../../messages/en/own-notes.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Alert, Pending, useRowFocus } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { go } from "../../route.js";

const w = spoken({ en });
const KIND = "psychotherapy_note";

function Name({ patientId }: { patientId: string }) {
  const patient = useLoaded(`patient ${patientId}`, () => readPatient(patientId));
  return <strong dir="auto">{patient.value?.name ?? (patient.message ? w.hidden : "…")}</strong>;
}

function Rows({ title, none, patientId, granted }: { title: string; none: string; patientId: string; granted: boolean }) {
  const loaded = useLoaded(`own ${patientId} ${granted}`, () => readOwnNotes(patientId, granted, null), (change) => change.kind === KIND);
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  useRowFocus(page !== null);
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readOwnNotes(patientId, granted, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  const facts = (one: OwnNoteItem): string => [w.state[one.state], one.granted_until && w.until(momentOf(one.granted_until))].filter(Boolean).join(", ");
  return (
    <section class="card">
      <h2>{title}</h2>
      {page === null && <Pending loaded={loaded} />}
      {page?.items.length === 0 && <p class="hint">{none}</p>}
      <ul class="plain rows">
        {page?.items.map((one) => (
          <li key={one.id}>
            <a data-row href={`#/own-note/${one.id}`}>
              <time class="hint" dateTime={one.created_at}>
                {momentOf(one.created_at)}
              </time>
              {!patientId && <Name patientId={one.patient_id} />}
              <span class="hint">{facts(one)}</span>
            </a>
          </li>
        ))}
      </ul>
      <Alert message={message} />
      {page?.next_cursor && (
        <button type="button" disabled={isBusy} onClick={() => void more()}>
          {t.more}
        </button>
      )}
    </section>
  );
}

/** Words of this window that the API does not have. */
function Unsaved() {
  const found = unsavedWriters();
  if (found.length === 0) return null;
  return (
    <section class="card warning">
      <h2>{w.unsaved}</h2>
      <ul class="plain facts">
        {found.map((writer) => (
          <li key={writer.address}>
            <a href={writer.address}>
              <Name patientId={writer.patientId} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function OwnNotes({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded(`sessions ${id}`, async () => (id ? await readSessions(id) : []));
  const is = (role: string): boolean => me?.roles.some((one) => one === role) ?? false;
  const mayWrite = is("therapist") || is("prescriber");
  const sessions = (loaded.value ?? []).filter((one) => one.state !== "cancelled").map((one): [string, string] => [one.id, `${momentOf(one.started_at ?? one.planned_start_at)}, ${plain(one.phase).toLowerCase()}`]);
  const begin = id && mayWrite && (
    <Ask label={w.begin} kind="primary" send={w.beginGo} lead={w.belongs} fields={[{ name: "session", label: w.session, options: [["", w.noSession], ...sessions] }]} onSend={async ({ session }) => go("own-note", "new", id, ...(session ? [session] : []))} />
  );
  return (
    <Room title={w.title} patientId={id || undefined} loaded={loaded} tools={begin} hint={w.lead} back={id ? <a href="#/own-notes">{w.all}</a> : <a href="#/clinic">{w.clinic}</a>}>
      {() => (
        <>
          <Unsaved />
          {mayWrite && <Rows title={w.yours} none={id ? w.none : w.noneAnywhere} patientId={id} granted={false} />}
          {is("supervisor") && <Rows title={w.granted} none={w.noneGranted} patientId={id} granted />}
        </>
      )}
    </Room>
  );
}
