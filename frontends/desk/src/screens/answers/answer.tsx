/** Answers that were given together: their scores with bands, and each answer. */
import { isAlarming, readAnswer, readInstrument, withdrawAnswers, type Answer, type AnswersGiven, type DefinedInstrument } from "../../core/answers.js";
import { useDesk, useLoaded } from "../../core/hooks.js";
import { useNames } from "../../core/staff.js";
import { en } from "../../messages/en/answers.js";
import { amountOf, momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Pending, Words } from "../../parts/basics.js";
import { Room, Table } from "../../parts/room.js";
import { go } from "../../route.js";

const w = spoken({ en });
type Score = AnswersGiven["scores"][number];

/** The words of an answer: those of the wording, else our own. */
export const answerWords = (one: DefinedInstrument, item: string, answer: Answer): string =>
  one.wording?.items[item]?.options[String(answer)] ?? w.word[String(answer)] ?? (typeof answer === "number" ? String(answer) : plain(answer));
export const questionOf = (one: DefinedInstrument, item: { id: string; topic: string }): string => one.wording?.items[item.id]?.text ?? plain(item.topic);

function valueOf(score: Score, most: number | null): string {
  const { value } = score;
  if (value === null) return w.tooMuchMissing;
  if (typeof value === "boolean") return value ? w.isMet : w.isNotMet;
  if (typeof value === "string") return plain(value);
  return most === null ? amountOf(value) : w.of(amountOf(value), amountOf(most));
}

function remarksOf(score: Score): string {
  return [
    score.ceiling !== null && w.atMost(amountOf(score.ceiling)),
    score.floor !== null && w.floor(plain(score.floor).toLowerCase()),
    score.is_prorated && w.prorated,
    score.is_lower_bound && w.lowerBound,
    score.is_partial && w.partial,
  ]
    .filter(Boolean)
    .join(", ");
}

function Scores({ given, one }: { given: AnswersGiven; one: DefinedInstrument }) {
  const { definition } = one;
  if (given.scores.length === 0) return <p class="hint">{w.noScore}</p>;
  return (
    <Table label={w.scores} heads={[w.score, w.value, w.band]}>
      {given.scores.map((score) => {
        const band = definition.bands.find((other) => other.score === score.id && other.label === score.band);
        return (
          <tr key={score.id}>
            <th scope="row">{plain(score.id)}</th>
            <td>
              <strong>{valueOf(score, definition.scores.find((other) => other.id === score.id)?.max ?? null)}</strong>
              <span class="hint"> {remarksOf(score)}</span>
            </td>
            <td>{band ? w.range(plain(band.label), amountOf(band.min), amountOf(band.max)) : score.band === null ? "–" : plain(score.band)}</td>
          </tr>
        );
      })}
    </Table>
  );
}

function Each({ given, one }: { given: AnswersGiven; one: DefinedInstrument }) {
  return (
    <Table label={w.answers} heads={[w.question, w.answer]}>
      {one.definition.items.map((item) => {
        const answer = given.answers[item.id] ?? null;
        return (
          <tr key={item.id}>
            <th scope="row" lang={one.wording?.language} dir="auto">
              {questionOf(one, item)}
            </th>
            <td lang={answer === null ? undefined : one.wording?.language} dir="auto">
              {answer === null ? <span class="hint">{w.notAnswered}</span> : answerWords(one, item.id, answer)}
            </td>
          </tr>
        );
      })}
    </Table>
  );
}

function Provenance({ given }: { given: AnswersGiven }) {
  const names = useNames();
  const isOwn = given.mode === "self_completed";
  return (
    <>
      <p class="hint">
        {[momentOf(given.happened_at), w.mode[given.mode], w.respondent[given.respondent]].join(" · ")}
        {!isOwn && ` · ${w.by(names(given.created_by_id))}`}
      </p>
      {given.is_off_window && <p class="hint">{w.offWindow}</p>}
      {given.clock_skewed && <p class="hint">{w.skewed}</p>}
      {given.corrects_id && (
        <p>
          {w.corrects} <a href={`#/answer/${given.corrects_id}`}>{w.earlier}</a>
        </p>
      )}
      {given.withdrawn_at && (
        <div class="addendum">
          <p class="late">{w.gone(momentOf(given.withdrawn_at), names(given.withdrawn_by_id))}</p>
          <Words>{given.withdrawn_reason ?? ""}</Words>
        </div>
      )}
      {isAlarming(given.answers) && !given.withdrawn_at && (
        <div class="card warning">
          <p>{w.alarming}</p>
          <a href={`#/flags/${given.patient_id}`}>{w.flags}</a>
        </div>
      )}
    </>
  );
}

export function AnswerScreen({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<AnswersGiven>(`answer ${id}`, () => readAnswer(id), (change) => change.id === id);
  const given = loaded.value;
  const instrument = useLoaded(`instrument ${given?.instrument_id ?? ""}`, async () => (given === null ? null : await readInstrument(given.instrument_id)));
  const one = instrument.value;
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const counts = given !== null && given.state === "completed" && given.withdrawn_at === null;
  const isOwn = given?.mode === "self_completed";
  return (
    <Room title={one?.definition.name ?? w.one} patientId={given?.patient_id} loaded={loaded} back={given && <a href={`#/answers/${given.patient_id}`}>{w.title}</a>}>
      {(found) => (
        <>
          <Provenance given={found} />
          {one === null ? (
            <Pending loaded={instrument} />
          ) : (
            <>
              <section class="card">
                <h2>{w.scores}</h2>
                <Scores given={found} one={one} />
              </section>
              <section class="card">
                <h2>{w.answers}</h2>
                <Each given={found} one={one} />
              </section>
            </>
          )}
          {counts && isOwn && <p class="hint">{w.ofPatient}</p>}
          {counts && !isOwn && mayWrite && (
            <div class="row end">
              <button type="button" onClick={() => go("interview", found.patient_id, found.instrument_id, found.id)}>
                {w.correct}
              </button>
              <Ask label={w.withdraw} kind="quiet" send={w.withdraw} lead={w.withdrawLead} fields={[{ name: "reason", label: w.why, type: "area" }]} onSend={async ({ reason }) => { await withdrawAnswers(found, reason ?? ""); await loaded.reload(); }} />
            </div>
          )}
        </>
      )}
    </Room>
  );
}
