/** What changed between two signed texts of a note, and what the patient says about it. */
import { useState } from "preact/hooks";
import { readNoteDiff, readRequests } from "../../core/changes.js";
import { useLoaded } from "../../core/hooks.js";
import type { Note } from "../../core/types.js";
import { dayOf } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { sectionWords } from "../../messages/words.js";
import { Pending, Pick, Words } from "../../parts/basics.js";
import { Diff } from "../../parts/diff.js";
import { requestState } from "../request/request.js";

export function NoteChanges({ note }: { note: Note }) {
  const last = note.content_version;
  const [from, setFrom] = useState(last - 1);
  const loaded = useLoaded(`diff ${note.id} ${from} ${last}`, () => readNoteDiff(note.id, from, last));
  const numbers = Array.from({ length: last - 1 }, (_, index): [string, string] => [String(index + 1), r.diff.version(index + 1)]);
  return (
    <>
      <Pick name="diff-from" label={r.diff.from} value={String(from)} options={numbers} onChange={(value) => setFrom(Number(value))} />
      {loaded.value === null ? <Pending loaded={loaded} /> : <Diff fields={loaded.value.sections} words={sectionWords} />}
    </>
  );
}

export function Disagreements({ note }: { note: Note }) {
  if (note.disagreements.length === 0) return null;
  return (
    <section class="card">
      <h2>{r.request.disagreements}</h2>
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
  if (!loaded.value?.length) return null;
  return (
    <section class="card">
      <h2>{r.request.list}</h2>
      <ul class="plain facts">
        {loaded.value.map((one) => (
          <li key={one.id}>
            <a href={`#/request/${one.id}`} dir="auto">
              {one.text}
            </a>
            <span class="hint">{requestState(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
