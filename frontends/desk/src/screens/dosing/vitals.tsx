/** Vitals of a session: a line for each of the three that are watched, and every reading in a table. */
import type { ComponentChildren } from "preact";
import type { Vital } from "../../core/types.js";
import { en } from "../../messages/en/dosing.js";
import { amountOf, spoken, timeOf } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Findings } from "../../parts/findings.js";

const w = spoken({ en });

const WATCHED = ["blood_pressure", "heart_rate", "spo2"] as const;
const [WIDTH, HEIGHT, EDGE] = [240, 56, 4];

const unitOf = (vital: Vital): string => w.unit[vital.ucum ?? ""] ?? vital.ucum ?? "";
const valueOf = (vital: Vital): string =>
  vital.value === null ? (vital.text ?? "") : `${amountOf(vital.value)}${vital.diastolic === null ? "" : `/${amountOf(vital.diastolic)}`}`;

interface Point {
  at: number;
  value: number;
}

/** One line of a chart, and its last point. */
function Trace({ points, x, y }: { points: Point[]; x: (at: number) => number; y: (value: number) => number }) {
  const last = points.at(-1);
  return (
    <>
      <polyline points={points.map((point) => `${x(point.at)},${y(point.value)}`).join(" ")} />
      {last && <circle cx={x(last.at)} cy={y(last.value)} r="3" />}
    </>
  );
}

/** A small chart of one field. What it shows is also said in words, and stands in the table. */
function Line({ name, readings }: { name: string; readings: Vital[] }) {
  const points = (of: (vital: Vital) => number | null): Point[] =>
    readings.flatMap((vital) => {
      const value = of(vital);
      return value === null ? [] : [{ at: new Date(vital.taken_at).getTime(), value }];
    });
  const upper = points((vital) => vital.value);
  const lower = points((vital) => vital.diastolic);
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || upper.length === 0) return null;
  const values = [...upper, ...lower].map((point) => point.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [begun, ended] = [upper[0]!.at, upper.at(-1)!.at];
  const x = (at: number): number => EDGE + ((at - begun) / (ended - begun || 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number): number => HEIGHT - EDGE - ((value - least) / (most - least || 1)) * (HEIGHT - 2 * EDGE);
  const highest = readings.reduce((one, other) => ((other.value ?? 0) > (one.value ?? 0) ? other : one));
  const lowest = readings.reduce((one, other) => ((other.value ?? 0) < (one.value ?? 0) ? other : one));
  const extreme = name === "spo2" ? lowest : highest;
  const said = (name === "spo2" ? w.lowest : w.highest)(valueOf(extreme), timeOf(extreme.taken_at));
  const dosedAt = first.minutes_from_dose === null ? null : new Date(first.taken_at).getTime() - 60_000 * first.minutes_from_dose;
  return (
    <figure class="trace">
      <figcaption>
        <strong>{w.field[name] ?? plain(name)}</strong>{" "}
        <span class="now">
          {valueOf(last)} {unitOf(last)}
        </span>
        <span class="hint">{said}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {dosedAt !== null && dosedAt >= begun && dosedAt <= ended && <path class="dose" d={`M${x(dosedAt)} 0V${HEIGHT}`} />}
        <Trace points={upper} x={x} y={y} />
        {lower.length > 0 && <Trace points={lower} x={x} y={y} />}
      </svg>
    </figure>
  );
}

/** The critical readings that nobody has taken again yet. */
const toRepeat = (vitals: Vital[]): Vital[] =>
  vitals.filter((vital) => vital.repeat_by && !vitals.some((other) => other.field === vital.field && Date.parse(other.taken_at) > Date.parse(vital.taken_at)));

/** The cell of everything that has no column of its own. */
function Others({ readings }: { readings: Vital[] }) {
  return (
    <td dir="auto">
      {readings.map((vital) => (vital.field === "observation" ? vital.text : `${w.field[vital.field] ?? plain(vital.field)} ${valueOf(vital)}`)).join("; ")}
      <Findings findings={readings.flatMap((vital) => vital.findings)} />
    </td>
  );
}

const minutesWords = (minutes: number | null): string => (minutes === null ? "" : minutes < 0 ? w.minutesBefore(-minutes) : w.minutesAfter(minutes));

export function Vitals({ vitals, hasMore, children }: { vitals: Vital[]; hasMore: boolean; children?: ComponentChildren }) {
  const times = [...new Set(vitals.map((vital) => vital.taken_at))];
  const isWatched = (vital: Vital): boolean => (WATCHED as readonly string[]).includes(vital.field);
  const hasOthers = vitals.some((vital) => !isWatched(vital));
  return (
    <section class="card">
      <h2 id="vitals">{w.vitals}</h2>
      {vitals.length === 0 && <p class="hint">{w.noVitals}</p>}
      {vitals.length > 0 && (
        <>
          <div class="traces">
            {WATCHED.map((name) => (
              <Line key={name} name={name} readings={vitals.filter((vital) => vital.field === name)} />
            ))}
          </div>
          <p class="hint">{w.dosedLine}</p>
          {toRepeat(vitals).map((vital) => (
            <p key={vital.id} class="lead" role="status">
              {w.repeat(w.field[vital.field] ?? plain(vital.field), timeOf(vital.repeat_by ?? ""))}
            </p>
          ))}
          <div class="scrolls" role="region" aria-labelledby="vitals" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{w.time}</th>
                  {WATCHED.map((name) => (
                    <th key={name} scope="col">
                      {w.field[name]}
                    </th>
                  ))}
                  {hasOthers && <th scope="col">{w.others}</th>}
                </tr>
              </thead>
              <tbody>
                {times.map((at) => {
                  const taken = vitals.filter((vital) => vital.taken_at === at);
                  return (
                    <tr key={at}>
                      <th scope="row">
                        <time dateTime={at}>{timeOf(at)}</time> <span class="hint">{minutesWords(taken[0]?.minutes_from_dose ?? null)}</span>
                      </th>
                      {WATCHED.map((name) => {
                        const cell = taken.filter((vital) => vital.field === name);
                        return (
                          <td key={name}>
                            {cell.map(valueOf).join(", ")}
                            <Findings findings={cell.flatMap((vital) => vital.findings)} />
                          </td>
                        );
                      })}
                      {hasOthers && <Others readings={taken.filter((vital) => !isWatched(vital))} />}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          {hasMore && <p class="hint">{w.moreVitals(vitals.length)}</p>}
        </>
      )}
      {children}
    </section>
  );
}
