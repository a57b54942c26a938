/** Who is on call, when nobody is, and what failed; admins enter shifts. */
import type { ComponentChildren } from "preact";
import { Ask, chosen, type Field } from "../ask.js";
import { Alert, SureButton } from "../basics.js";
import { useAct, useLoaded, useOffice } from "../hooks.js";
import { calendarDay, momentOf, spoken, timeOf, weekdayOf } from "../messages.js";
import { office } from "../office.js";
import { Room, Table } from "../room.js";
import { asChoices, readStaff, useNames, type Account } from "../staff.js";
import { addShift, readRoster, withdrawShift, type OnCall, type RosterAndShifts, type Shift } from "./calls.js";
import { en } from "./en.js";

const w = spoken({ en });
const DAYS = Object.keys(w.day) as (keyof typeof w.day)[];

const fields = (staff: Account[]): Field[] => [
  { name: "account_id", label: w.who, options: asChoices(staff) },
  { name: "rank", label: w.rankField, options: w.ranks },
  { name: "days", label: w.days, type: "many", options: DAYS.map((day) => [day, w.day[day]]), value: DAYS.join(" ") },
  { name: "from_time", label: w.fromTime, type: "time", value: "08:00" },
  { name: "until_time", label: w.untilTime, type: "time", hint: w.untilHint, value: "20:00" },
  { name: "first_on", label: w.first, type: "date", value: new Date().toISOString().slice(0, 10) },
  { name: "last_on", label: w.last, type: "date", hint: w.lastHint, isOptional: true },
];

/** Those on call, by the day on which they begin. */
function byDay(ahead: OnCall[]): [string, OnCall[]][] {
  const found = new Map<string, OnCall[]>();
  for (const one of ahead) {
    const day = weekdayOf(one.starts_at);
    found.set(day, [...(found.get(day) ?? []), one]);
  }
  return [...found];
}

function ShiftRow({ shift, names, isAdmin, reload }: { shift: Shift; names: (id: string) => string; isAdmin: boolean; reload: () => Promise<void> }) {
  const { message, act } = useAct();
  const days = shift.weekdays.length === DAYS.length ? w.everyDay : shift.weekdays.map((day) => w.day[day]).join(", ");
  const who = names(shift.account_id);
  return (
    <tr>
      <th scope="row" dir="auto">
        {who}
      </th>
      <td>{days}</td>
      <td>{w.hours(shift.from_time, shift.until_time, shift.time_zone)}</td>
      <td>{w.from(calendarDay(shift.first_on), shift.last_on && calendarDay(shift.last_on))}</td>
      <td>{w.rank[shift.rank]}</td>
      <td>
        {isAdmin && <SureButton label={w.withdraw} title={w.withdrawOf(who)} question={w.withdrawSure} yes={w.withdraw} onSure={() => void act(async () => { await withdrawShift(shift); await reload(); })} />}
        <Alert message={message} />
      </td>
    </tr>
  );
}

export function RosterScreen({ back }: { back?: ComponentChildren }) {
  const { me } = useOffice(office);
  const loaded = useLoaded<RosterAndShifts>("roster", readRoster, (change) => change.kind === "shift");
  const staff = useLoaded("choices", readStaff);
  const names = useNames();
  const isAdmin = me?.roles.includes("clinic_admin") ?? false;
  const add = isAdmin && staff.value && (
    <Ask label={w.add} kind="primary" send={w.addGo} lead={w.addLead} fields={fields(staff.value)} onSend={async ({ days, last_on, rank, ...rest }, id) => { await addShift({ id, ...rest, rank, weekdays: chosen(days), last_on: last_on || null } as never); await loaded.reload(); }} />
  );
  return (
    <Room kind="" title={w.title} loaded={loaded} tools={add} back={back}>
      {({ roster, shifts }) => (
        <>
          {roster.waiting_since && <p class="card warning late">{w.waiting(momentOf(roster.waiting_since))}</p>}
          <div class="beside">
            <section class={roster.on_call.length === 0 ? "card warning" : "card"}>
              <h2>{w.now}</h2>
              {roster.on_call.length === 0 && <p>{w.nobody}</p>}
              <ul class="plain facts">
                {roster.on_call.map((one) => (
                  <li key={one.shift_id}>
                    <strong dir="auto">{names(one.account_id)}</strong>
                    <span class="hint">
                      {w.rank[one.rank]}, {w.until(momentOf(one.ends_at))}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
            <section class={roster.gaps.length > 0 ? "card warning" : "card"}>
              <h2>{w.gaps}</h2>
              {roster.gaps.length === 0 && <p>{shifts.length === 0 ? w.noShifts : w.noGaps}</p>}
              <ul class="plain facts">
                {roster.gaps.map((gap) => (
                  <li key={gap.starts_at}>{w.gap(momentOf(gap.starts_at), momentOf(gap.ends_at))}</li>
                ))}
              </ul>
            </section>
          </div>
          {roster.ahead.length > 0 && (
            <section class="card">
              <h2>{w.ahead}</h2>
              <ul class="plain days">
                {byDay(roster.ahead).map(([day, found]) => (
                  <li key={day}>
                    <strong>{day}</strong>
                    {found.map((one) => (
                      <p key={one.shift_id} class={one.rank === "backup" ? "hint" : ""}>
                        {w.watch(timeOf(one.starts_at), timeOf(one.ends_at))} <span dir="auto">{names(one.account_id)}</span>
                        {one.rank === "backup" && `, ${w.rank[one.rank]}`}
                      </p>
                    ))}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {shifts.length > 0 && (
            <section class="card">
              <h2>{w.shifts}</h2>
              <Table label={w.shifts} heads={w.shiftHeads}>
                {shifts.map((shift) => (
                  <ShiftRow key={shift.id} shift={shift} names={names} isAdmin={isAdmin} reload={loaded.reload} />
                ))}
              </Table>
            </section>
          )}
          <section class="card">
            <h2>{w.incidents}</h2>
            {roster.incidents.length === 0 && <p class="hint">{w.noIncidents}</p>}
            <ul class="plain facts">
              {roster.incidents.map((one) => (
                <li key={one.id}>
                  <span>{[w.incident[one.kind] ?? one.kind, one.starts_at && w.gapFrom(momentOf(one.starts_at))].filter(Boolean).join(", ")}</span>
                  <time class="hint" dateTime={one.at}>
                    {momentOf(one.at)}
                  </time>
                </li>
              ))}
            </ul>
          </section>
        </>
      )}
    </Room>
  );
}
