/** Group sessions of your patients, the latest first. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { planGroup, readGroups, readMembers } from "../../core/groups.js";
import type { GroupSession, Patient } from "../../core/types.js";
import { en } from "../../messages/en/groups.js";
import { momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, chosen, type Field } from "../../parts/ask.js";
import { useRowFocus } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });

/** A moment as a field of the browser shows it, in its own zone. */
const local = (at: number): string => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

const fields = (members: Patient[]): Field[] => [
  { name: "topic", label: w.topic, hint: w.topicHint, isOptional: true },
  { name: "phase", label: w.phase, options: w.phases },
  { name: "modality", label: w.where, options: w.places },
  { name: "begins", label: w.begins, type: "datetime-local", value: local(Date.now() + 86_400_000) },
  { name: "ends", label: w.ends, type: "datetime-local", value: local(Date.now() + 90_000_000) },
  { name: "members", label: w.who, hint: w.whoHint, type: "many", options: members.map((one) => [one.id, one.name]) },
];

export function Groups() {
  const { me } = useDesk();
  const loaded = useLoaded<GroupSession[]>("groups", readGroups, (change) => change.kind === "session");
  const members = useLoaded("members", readMembers);
  const mayPlan = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  useRowFocus(loaded.value !== null);
  const add = mayPlan && members.value && (
    <Ask label={w.add} kind="primary" send={w.addGo} fields={fields(members.value)} onSend={async ({ topic, phase, modality, begins = "", ends = "", members: who }, id) => { await planGroup({ id, topic: topic || null, phase: phase as never, modality: modality as never, planned_start_at: new Date(begins).toISOString(), planned_end_at: new Date(ends).toISOString(), patient_ids: chosen(who) }); await loaded.reload(); }} />
  );
  return (
    <Room title={w.title} loaded={loaded} hint={w.lead} tools={add} back={<a href="#/clinic">{w.clinic}</a>}>
      {(groups) => (
        <>
          {groups.length === 0 && <p class="card empty">{w.none}</p>}
          {groups.length > 0 && (
            <section class="card">
              <ul class="plain rows">
                {groups.map((group) => (
                  <li key={group.id}>
                    <a data-row href={`#/group/${group.id}`}>
                      <time class="hint" dateTime={group.planned_start_at}>
                        {momentOf(group.planned_start_at)}
                      </time>
                      <span class="what" dir="auto">
                        {group.topic ?? w.untitled}
                      </span>
                      <span class="hint">
                        {plain(group.phase)}, {w.members(group.member_count)}
                      </span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Room>
  );
}
