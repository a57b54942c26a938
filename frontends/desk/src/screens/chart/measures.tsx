/** Scores over time: one small picture a measure, with bands as shading and doses as marks; each also stands in a table. */
import { useLoaded } from "../../core/hooks.js";
import { readTrajectory } from "../../core/things.js";
import type { Series, Trajectory } from "../../core/types.js";
import { en as chartEn } from "../../messages/en/chart.js";
import { en as measuresEn } from "../../messages/en/measures.js";
import { amountOf, dayOf, spoken } from "../../messages/index.js";
import { plain as named } from "../../messages/words.js";
import { Pending } from "../../parts/basics.js";

const chartWords = spoken({ en: chartEn });
const w = spoken({ en: measuresEn });

const [WIDTH, HEIGHT, EDGE] = [240, 72, 4];
const plain = (word: string): string => word.replaceAll("_", " ");

/** Of each instrument the score that stands for it: its total, else its last number. */
function mainSeries(series: Series[]): Series[] {
  const byInstrument = new Map<string, Series>();
  for (const one of series) {
    if (byInstrument.get(one.instrument_id)?.score_id !== "total") byInstrument.set(one.instrument_id, one);
  }
  return [...byInstrument.values()];
}

function Picture({ series, doses }: { series: Series; doses: number[] }) {
  const times = series.points.map((point) => new Date(point.at).getTime());
  const values = series.points.map((point) => point.value);
  const [least, most] = [series.min ?? Math.min(...values), series.max ?? Math.max(...values)];
  const moments = [...times, ...doses];
  const [begun, ended] = [Math.min(...moments), Math.max(...moments)];
  const x = (at: number): number => (begun === ended ? WIDTH / 2 : EDGE + ((at - begun) / (ended - begun)) * (WIDTH - 2 * EDGE));
  const y = (value: number): number => HEIGHT - EDGE - ((value - least) / (most - least || 1)) * (HEIGHT - 2 * EDGE);
  return (
    <svg class="tall" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {series.bands.map((band) => (
        <rect key={band.label} class="band" x="0" width={WIDTH} y={y(band.max)} height={Math.max(y(band.min) - y(band.max), 1)} />
      ))}
      {doses.map((at) => (
        <path key={at} class="dose" d={`M${x(at)} 0V${HEIGHT}`} />
      ))}
      {times.length > 1 && <polyline points={times.map((at, number) => `${x(at)},${y(values[number]!)}`).join(" ")} />}
      {times.map((at, number) => (
        <circle key={series.points[number]!.response_id} cx={x(at)} cy={y(values[number]!)} r="3" />
      ))}
    </svg>
  );
}

function Measure({ series, doses }: { series: Series; doses: number[] }) {
  const last = series.points.at(-1);
  if (last === undefined) return null;
  const { baseline, comparison } = series;
  const met = (comparison?.rules ?? []).flatMap((rule) => rule.is_met ? named(rule.id) : []);
  return (
    <figure class="trace">
      <figcaption>
        <strong>{series.name}</strong>{" "}
        <span class="now">
          {amountOf(last.value)}
          {last.band && `, ${plain(last.band)}`}
        </span>
        <span class="hint">
          {w.last(dayOf(last.at))}
          {baseline && comparison && ` ${w.since(amountOf(comparison.change), amountOf(baseline.value), dayOf(baseline.at))}`}
          {met.length > 0 && ` ${met.join(", ")}.`}
        </span>
      </figcaption>
      <Picture series={series} doses={doses} />
      <details>
        <summary>{w.table(series.points.length)}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.day}</th>
              <th scope="col">{w.score}</th>
              <th scope="col">{w.band}</th>
            </tr>
          </thead>
          <tbody>
            {[...series.points].reverse().map((point) => (
              <tr key={point.response_id}>
                <th scope="row">
                  <a href={`#/answer/${point.response_id}`}>
                    <time dateTime={point.at}>{dayOf(point.at)}</time>
                  </a>
                </th>
                <td>
                  {amountOf(point.value)}
                  {point.ceiling !== null && ` ${w.atMost(amountOf(point.ceiling))}`}
                </td>
                <td>{point.band === null ? "–" : plain(point.band)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

export function Measures({ patientId }: { patientId: string }) {
  const loaded = useLoaded<Trajectory>(`trajectory ${patientId}`, () => readTrajectory(patientId), (change) => change.patient_id === patientId && (change.kind === "measure_response" || change.kind === "dose"));
  const found = loaded.value;
  const doses = (found?.doses ?? []).map((dose) => new Date(dose.given_at).getTime());
  return (
    <section class="card">
      <h2>{w.title}</h2>
      {found === null && <Pending loaded={loaded} />}
      {found?.series.length === 0 && <p class="hint">{chartWords.noneYet}</p>}
      {found !== null && found.series.length > 0 && (
        <>
          <div class="traces">
            {mainSeries(found.series).map((series) => (
              <Measure key={series.instrument_id} series={series} doses={doses} />
            ))}
          </div>
          <p class="hint">{w.legend}</p>
        </>
      )}
    </section>
  );
}
