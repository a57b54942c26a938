/** The answers to instruments in one chart, the latest first; and asking a questionnaire. */
import { useState } from "preact/hooks";
import { readAnswers, readInstruments, type AnswersGiven, type AnswersPage, type InstrumentSummary } from "../../core/answers.js";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { en } from "../../messages/en/answers.js";
import { amountOf, momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Alert, Pick, useRowFocus } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { go } from "../../route.js";

const w = spoken({ en });

/** The score that stands for the rest: the total, else the last. */
function scoreOf({ scores }: AnswersGiven): string {
  const score = scores.find((one) => one.id === "total" || one.id === "index") ?? scores.at(-1);
  if (score === undefined) return "";
  const value = typeof score.value === "number" ? amountOf(score.value) : typeof score.value === "string" ? plain(score.value) : score.value === null ? w.tooMuchMissing : score.value ? w.isMet : w.isNotMet;
  return score.band ? `${value}, ${plain(score.band).toLowerCase()}` : value;
}

function Row({ one, instruments }: { one: AnswersGiven; instruments: InstrumentSummary[] }) {
  return (
    <li>
      <a data-row href={`#/answer/${one.id}`}>
        <time class="hint" dateTime={one.happened_at}>
          {momentOf(one.happened_at)}
        </time>
        <span class="what">
          <strong>{instruments.find((other) => other.id === one.instrument_id)?.name ?? one.instrument_id}</strong>
          <span class="first-words">{one.state === "draft" ? w.draft : w.mode[one.mode]}</span>
        </span>
        <span class="amount">{scoreOf(one)}</span>
      </a>
    </li>
  );
}

export function AnswerList({ id }: { id: string }) {
  const { me } = useDesk();
  const [which, setWhich] = useState("counting");
  const isWithdrawn = which === "withdrawn";
  const loaded = useLoaded<AnswersPage>(`answers ${id} ${which}`, () => readAnswers(id, isWithdrawn, null), (change) => change.kind === "measure_response" && change.patient_id === id);
  const found = useLoaded("instruments", readInstruments);
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  useRowFocus(page !== null);
  const instruments = found.value ?? [];
  const mayAsk = (me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false) && instruments.length > 0;
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readAnswers(id, isWithdrawn, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  const ask = mayAsk && (
    <Ask label={w.ask} kind="primary" send={w.askGo} lead={w.askLead} fields={[{ name: "instrument", label: w.instrument, options: instruments.map((one) => [one.id, one.name]) }]} onSend={async ({ instrument = "" }) => go("interview", id, instrument)} />
  );
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={ask} hint={w.hint}>
      {({ items, next_cursor }) => (
        <section class="card" aria-label={w.title}>
          <div class="filter">
            <Pick name="which" label={w.show} value={which} options={[["counting", w.counting], ["withdrawn", w.withdrawn]]} onChange={setWhich} />
          </div>
          {items.length === 0 && <p class="hint">{isWithdrawn ? w.noneWithdrawn : w.none}</p>}
          <ul class="plain rows">
            {items.map((one) => (
              <Row key={one.id} one={one} instruments={instruments} />
            ))}
          </ul>
          <Alert message={message} />
          {next_cursor && (
            <button type="button" disabled={isBusy} onClick={() => void more()}>
              {t.more}
            </button>
          )}
        </section>
      )}
    </Room>
  );
}
