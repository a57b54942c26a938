/** For admins: how fast the clinic answers its flags. */
import { readFlagTimes } from "../../core/flags.js";
import { useLoaded } from "../../core/hooks.js";
import type { FlagTimesReport } from "../../core/types.js";
import { en } from "../../messages/en/flags.js";
import { spoken } from "../../messages/index.js";
import { Room, Table } from "../../parts/room.js";

const w = spoken({ en });
const median = (minutes: number | null): string => (minutes === null ? "–" : w.minutes(minutes));

export function FlagTimes() {
  const loaded = useLoaded<FlagTimesReport>("flag times", readFlagTimes);
  return (
    <Room title={w.times} loaded={loaded} hint={w.timesLead} back={<a href="#/clinic">{w.clinic}</a>}>
      {(report) => (
        <section class="card">
          {!report.is_whole && <p class="lead">{w.partial}</p>}
          <Table label={w.times} heads={w.heads}>
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
          </Table>
        </section>
      )}
    </Room>
  );
}
