/** Safety signals, the most severe first: those of one chart, or of all that you see. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { patientNames, raiseFlag, readFlags } from "../../core/flags.js";
import type { Flag, FlagSeverity } from "../../core/types.js";
import { en } from "../../messages/en/flags.js";
import { agoOf, momentOf, spoken } from "../../messages/index.js";
import { Ask, type Field } from "../../parts/ask.js";
import { Pending, useRowFocus } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });
export const SEVERITIES: FlagSeverity[] = ["critical", "high", "moderate", "low"];
const CLOSED = ["resolved", "false_positive"];

/** When somebody has to do something about it next; null if it is closed. */
function dueOf(flag: Flag): { at: string; words: string } | null {
  if (flag.closed_at !== null) return null;
  if (flag.acknowledged_at === null) return { at: flag.acknowledge_due_at, words: w.answerUntil(agoOf(flag.acknowledge_due_at)) };
  if (flag.contacted_at === null) return { at: flag.contact_due_at, words: w.reachUntil(agoOf(flag.contact_due_at)) };
  return null;
}
const dueTime = (flag: Flag): number => new Date(dueOf(flag)?.at ?? "9999").getTime();

function FlagRow({ flag, name }: { flag: Flag; name: string | null }) {
  const due = dueOf(flag);
  const isLate = due !== null && new Date(due.at).getTime() < Date.now();
  return (
    <li class={`task ${flag.severity}`}>
      <a data-row href={`#/flag/${flag.id}`}>
        {name !== null && <strong dir="auto">{name}</strong>}
        <span class="what">{flag.title}</span>
        <span class="hint detail">{w.state[flag.state] ?? flag.state}</span>
      </a>
      {due ? (
        <time class={isLate ? "due late" : "due"} dateTime={due.at} title={momentOf(due.at)}>
          {isLate ? w.late(agoOf(due.at)) : due.words}
        </time>
      ) : (
        <span class="due">{flag.closed_at ? w.closed(agoOf(flag.closed_at)) : flag.state === "awaiting_review" ? w.reviewDue : ""}</span>
      )}
    </li>
  );
}

function Rows({ flags, names }: { flags: Flag[]; names: Record<string, string> | null }) {
  return (
    <ul class="plain tasks flags">
      {flags.map((flag) => (
        <FlagRow key={flag.id} flag={flag} name={names === null ? null : (names[flag.patient_id] ?? "…")} />
      ))}
    </ul>
  );
}

function Closed({ id, names }: { id: string; names: Record<string, string> | null }) {
  const loaded = useLoaded<Flag[]>(`closed flags ${id}`, async () => (await readFlags(id ? { patient_id: id } : {})).filter((flag) => CLOSED.includes(flag.state)), (change) => change.kind === "flag");
  if (loaded.value === null) return <Pending loaded={loaded} />;
  return loaded.value.length === 0 ? <p class="hint">{w.noClosed}</p> : <Rows flags={loaded.value} names={names} />;
}

const RAISE: Field[] = [
  { name: "severity", label: w.severityField, options: SEVERITIES.map((one) => [one, w.severity[one]]), value: "high" },
  { name: "text", label: w.what, type: "area" },
  { name: "danger", label: w.others, type: "check" },
];

export function Flags({ id }: { id: string }) {
  const { me, tasks } = useDesk();
  const loaded = useLoaded<Flag[]>(`flags ${id}`, () => readFlags({ unclosed: true, ...(id ? { patient_id: id } : {}) }), (change) => change.kind === "flag");
  const listed = useLoaded("names", async () => (id ? {} : await patientNames()));
  const known = Object.fromEntries((tasks ?? []).flatMap((task) => (task.patient_id && task.patient_name ? [[task.patient_id, task.patient_name]] : [])));
  const names = id ? null : { ...known, ...listed.value };
  useRowFocus(loaded.value !== null);
  const raise = id && <Ask label={w.raise} kind="primary" send={w.raiseGo} lead={w.raiseLead} fields={RAISE} onSend={async ({ severity, text = "", danger }, flagId) => { await raiseFlag({ id: flagId, patient_id: id, severity: severity as FlagSeverity, text, is_danger_to_others: danger === "yes" }); await loaded.reload(); }} />;
  const times = me?.roles.includes("clinic_admin") && <a href="#/flag-times">{w.times}</a>;
  return (
    <Room kind="" title={w.title} patientId={id || undefined} loaded={loaded} tools={raise || times} hint={id ? undefined : w.lead}>
      {(flags) => (
        <>
          {flags.length === 0 && (
            <div class="card empty">
              <p>{w.none}</p>
              <p class="hint">{w.noneHint}</p>
            </div>
          )}
          {SEVERITIES.map((severity) => {
            const found = flags.filter((flag) => flag.severity === severity).sort((one, other) => dueTime(one) - dueTime(other));
            return found.length > 0 && (
              <section key={severity} aria-labelledby={`severity-${severity}`}>
                <h2 id={`severity-${severity}`} class={`urgency ${severity}`}>
                  {w.severity[severity]} <span class="count">{found.length}</span>
                </h2>
                <Rows flags={found} names={names} />
              </section>
            );
          })}
          <Fold title={w.showClosed}>{() => <Closed id={id} names={names} />}</Fold>
        </>
      )}
    </Room>
  );
}
