/** What changed between two signed texts of a note, and what the patient says about it. */
import { useState } from "preact/hooks";
import { readNoteDiff, readRequests, writeRequest } from "../../core/changes.js";
import { useLoaded } from "../../core/hooks.js";
import type { Note } from "../../core/types.js";
import { en as diffEn } from "../../messages/en/diff.js";
import { en as requestEn } from "../../messages/en/request.js";
import { dayOf, spoken } from "../../messages/index.js";
import { Ask } from "../../parts/ask.js";
import { Pending, Pick, Words } from "../../parts/basics.js";
import { Diff } from "../../parts/diff.js";
import { requestState } from "../../parts/request-state.js";

const w = spoken({ en: diffEn });
const requestWords = spoken({ en: requestEn });

export function NoteChanges({ note, words }: { note: Note; words: (key: string) => string }) {
  const last = note.content_version;
  const [from, setFrom] = useState(last - 1);
  const loaded = useLoaded(`diff ${note.id} ${from} ${last}`, () => readNoteDiff(note.id, from, last));
  const numbers = Array.from({ length: last - 1 }, (_, index): [string, string] => [String(index + 1), w.version(index + 1)]);
  return (
    <>
      <Pick name="diff-from" label={w.from} value={String(from)} options={numbers} onChange={(value) => setFrom(Number(value))} />
      {loaded.value === null ? <Pending loaded={loaded} /> : <Diff fields={loaded.value.sections} words={words} />}
    </>
  );
}

export function Disagreements({ note }: { note: Note }) {
  if (note.disagreements.length === 0) return null;
  return (
    <section class="card">
      <h2>{requestWords.disagreements}</h2>
      {note.disagreements.map((one) => (
        <div key={one.id} class="addendum">
          <Words>{one.text}</Words>
          <p class="hint">{dayOf(one.at)}</p>
        </div>
      ))}
    </section>
  );
}

export function Requests({ note }: { note: Note }) {
  const loaded = useLoaded(`requests ${note.id}`, () => readRequests(note.id), (change) => change.kind === "amendment_request" && change.patient_id === note.patient_id);
  const mayWrite = note.signature !== null && loaded.value !== null;
  if (!loaded.value?.length && !mayWrite) return null;
  const write = async (text: string, reason: string, id: string): Promise<void> => {
    await writeRequest(note.id, { id, text, reason });
    await loaded.reload();
  };
  return (
    <section class="card">
      <h2>{requestWords.list}</h2>
      {loaded.value?.length === 0 && <p class="hint">{requestWords.none}</p>}
      <ul class="plain facts">
        {loaded.value?.map((one) => (
          <li key={one.id}>
            <a href={`#/request/${one.id}`} dir="auto">
              {one.text}
            </a>
            <span class="hint">{requestState(one)}</span>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div class="row steps">
          <Ask label={requestWords.write} kind="small" send={requestWords.write} lead={requestWords.writeLead} fields={[{ name: "text", label: requestWords.asked, type: "area" }, { name: "reason", label: requestWords.reason, type: "area" }]} onSend={({ text = "", reason = "" }, id) => write(text, reason, id)} />
        </div>
      )}
    </section>
  );
}
