/** The summaries of a chart: what each is about, and who stands behind it. */
import { useState } from "preact/hooks";
import { useDesk, useLoaded } from "../../core/hooks.js";
import { readAbouts, readSummaries, startOf, type Abouts, type Summary } from "../../core/summaries.js";
import { en } from "../../messages/en/summaries.js";
import { calendarDay, dayOf, momentOf, spoken } from "../../messages/index.js";
import { Pick, useRowFocus } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { go } from "../../route.js";

const w = spoken({ en });

/** What a summary is about, in words; of a session that was not read, nothing. */
export function aboutOf(one: Summary, abouts: Abouts): string {
  if (one.session_id) {
    const session = abouts.sessions.find((other) => other.id === one.session_id);
    return session ? w.aboutSession(momentOf(startOf(session))) : "";
  }
  const [from, until] = [one.covers_from, one.covers_until];
  if (from && until) return w.aboutDays(calendarDay(from), calendarDay(until));
  return from ? w.since(calendarDay(from)) : until ? w.upTo(calendarDay(until)) : w.course;
}

export function standingOf(one: Summary): keyof typeof w.state {
  if (one.withdrawn_at !== null) return "withdrawn";
  if (one.endorsed_at !== null) return "both";
  return one.patient_endorsed_at !== null ? "patient" : one.clinician_endorsed_at !== null ? "clinician" : "nobody";
}

interface Found {
  summaries: Summary[];
  abouts: Abouts;
}
async function readAll(patientId: string, isWithdrawn: boolean): Promise<Found> {
  const [summaries, abouts] = await Promise.all([readSummaries(patientId, isWithdrawn), readAbouts(patientId)]);
  return { summaries, abouts };
}

export function Summaries({ id }: { id: string }) {
  const { me } = useDesk();
  const [which, setWhich] = useState("standing");
  const isWithdrawn = which === "withdrawn";
  const loaded = useLoaded<Found>(`summaries ${id} ${which}`, () => readAll(id, isWithdrawn), (change) => change.kind === "shared_summary" && change.patient_id === id);
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  useRowFocus(loaded.value !== null);
  const begin = (
    <button type="button" class="primary" onClick={() => go("new-summary", id)}>
      {w.begin}
    </button>
  );
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={mayWrite && begin} hint={w.hint}>
      {({ summaries, abouts }) => (
        <>
          <div class="filter">
            <Pick name="which" label={w.show} value={which} options={[["standing", w.standing], ["withdrawn", w.withdrawn]]} onChange={setWhich} />
          </div>
          {summaries.length === 0 && <p class="card empty">{isWithdrawn ? w.noneWithdrawn : w.none}</p>}
          {summaries.length > 0 && (
            <section class="card" aria-label={w.title}>
              <ul class="plain rows">
                {summaries.map((one) => (
                  <li key={one.id}>
                    <a data-row href={`#/summary/${one.id}`}>
                      <time class="hint" dateTime={one.written_at}>
                        {dayOf(one.written_at)}
                      </time>
                      <span class="what">
                        <strong dir="auto">{one.title}</strong>
                        <span class="first-words">{[aboutOf(one, abouts), w.state[standingOf(one)]].filter(Boolean).join(" · ")}</span>
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
