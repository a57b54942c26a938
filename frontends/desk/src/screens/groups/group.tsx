/** One group session: the session of each member, and a note for each. */
import { newId } from "@integration-journal/client";
import { useDesk, useLoaded } from "../../core/hooks.js";
import { addMember, readGroup, readMembers, type Group, type NoteOf } from "../../core/groups.js";
import { readTemplates } from "../../core/layouts.js";
import type { Session } from "../../core/types.js";
import { en } from "../../messages/en/groups.js";
import { momentOf, spoken } from "../../messages/index.js";
import { formatWords, plain, SECTIONS, stateWords } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Room } from "../../parts/room.js";
import { go } from "../../route.js";

const w = spoken({ en });

function Member({ session, notes, name, formats, mayWrite }: { session: Session; notes: NoteOf[]; name: string; formats: [string, string][]; mayWrite: boolean }) {
  return (
    <li>
      <div class="heading">
        <a href={`#/chart/${session.patient_id}`} dir="auto">
          {name}
        </a>
        <span class="tag">{plain(session.state)}</span>
      </div>
      {notes.length === 0 && <p class="hint">{w.noNote}</p>}
      <ul class="plain">
        {notes.map((note) => (
          <li key={note.id}>
            <a href={`#/note/${note.id}`}>{w.noteOf(formatWords(note.format), stateWords(note.state))}</a>
          </li>
        ))}
      </ul>
      {mayWrite && session.state !== "cancelled" && (
        <Ask label={w.write} title={w.writeOf(name)} kind="small" send={w.begin} lead={w.separate} fields={[{ name: "format", label: w.format, options: formats }]} onSend={({ format = "" }, id) => { const [kind = "", template] = format.split(" "); go("note", id, session.id, kind, ...(template ? [template] : [])); return Promise.resolve(); }} />
      )}
    </li>
  );
}

export function GroupScreen({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<Group>(`group ${id}`, () => readGroup(id), (change) => change.kind === "session" || change.kind === "note");
  const members = useLoaded("members", readMembers);
  const templates = useLoaded("active templates", () => readTemplates("active"));
  const group = loaded.value?.group;
  const mayPlan = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const formats: [string, string][] = [...Object.keys(SECTIONS).reverse().map((key): [string, string] => [key, formatWords(key)]), ...(templates.value ?? []).map((one): [string, string] => [`template ${one.id}`, one.title])];
  const others = (members.value ?? []).filter((one) => !group?.sessions.some((session) => session.patient_id === one.id));
  const nameOf = (patient: string): string => members.value?.find((one) => one.id === patient)?.name ?? "…";
  const add = mayPlan && others.length > 0 && (
    <Ask label={w.addMember} send={w.addMemberGo} fields={[{ name: "patient_id", label: w.member, options: others.map((one) => [one.id, one.name]) }]} onSend={async ({ patient_id = "" }) => { await addMember(id, { id: newId(), patient_id }); await loaded.reload(); }} />
  );
  return (
    <Room title={group?.topic ?? w.one} loaded={loaded} tools={add} back={<a href="#/groups">{w.title}</a>} hint={group && `${plain(group.phase)}, ${momentOf(group.planned_start_at)}`}>
      {({ group: one, notes }) => (
        <section class="card">
          <h2>{w.members(one.member_count)}</h2>
          {one.member_count > one.sessions.length && <p class="hint">{w.others(one.member_count - one.sessions.length)}</p>}
          <ul class="plain parts">
            {one.sessions.map((session) => (
              <Member key={session.id} session={session} notes={notes[session.id] ?? []} name={nameOf(session.patient_id)} formats={formats} mayWrite={mayPlan} />
            ))}
          </ul>
        </section>
      )}
    </Room>
  );
}
