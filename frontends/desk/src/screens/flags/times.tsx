/** For admins: how fast the clinic answers its flags. */
import { useState } from "preact/hooks";
import { quarterAfter, readFlagTimes } from "../../core/flags.js";
import { useLoaded } from "../../core/hooks.js";
import type { FlagTimesReport } from "../../core/types.js";
import { en } from "../../messages/en/flags.js";
import { dayOf, spoken } from "../../messages/index.js";
import { Room, Table } from "../../parts/room.js";

const w = spoken({ en });
const median = (minutes: number | null): string => (minutes === null ? "–" : w.minutes(minutes));

export function FlagTimes() {
  const [asked, setAsked] = useState<string | undefined>(undefined);
  const loaded = useLoaded<FlagTimesReport>(`flag times ${asked ?? ""}`, () => readFlagTimes(asked));
  return (
    <Room title={w.times} loaded={loaded} hint={w.timesLead} back={<a href="#/clinic">{w.clinic}</a>}>
      {(report) => (
        <section class="card">
          <h2>{w.quarter(report.quarter)}</h2>
          <div class="row steps">
            <button type="button" class="quiet" onClick={() => setAsked(quarterAfter(report.quarter, -1))}>{w.earlier}</button>
            <button type="button" class="quiet" onClick={() => setAsked(quarterAfter(report.quarter, 1))}>{w.later}</button>
          </div>
          <p class="lead">{Date.now() < Date.parse(report.told_from) ? w.notTold(dayOf(report.told_from)) : w.fewLeftOut(report.minimum_patients)}</p>
          {!report.is_whole && <p class="lead">{w.partial}</p>}
          {report.items.length > 0 && <Table label={w.times} heads={w.heads}>
            {report.items.map((one) => (
              <tr key={one.severity}>
                <th scope="row">{w.severity[one.severity]}</th>
                <td class="number">{one.raised}</td>
                <td class="number">{one.acknowledged}</td>
                <td class={one.acknowledged_late > 0 ? "number late" : "number"}>{one.acknowledged_late}</td>
                <td class="number">{median(one.median_minutes_to_acknowledge)}</td>
                <td class="number">{one.contacted}</td>
                <td class={one.contacted_late > 0 ? "number late" : "number"}>{one.contacted_late}</td>
                <td class="number">{median(one.median_minutes_to_contact)}</td>
              </tr>
            ))}
          </Table>}
        </section>
      )}
    </Room>
  );
}
