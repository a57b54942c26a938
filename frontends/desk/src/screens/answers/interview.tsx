/** Asking a questionnaire: staff read the questions and write the answers down. Each is kept on this computer until it is completed. */
import { newId } from "@integration-journal/client";
import { useMemo } from "preact/hooks";
import { answersOf, choicesOf, fieldsIn, giveAnswers, isAlarming, itemsFor, readAnswer, readInstrument, type Answer, type AnswersGiven, type DefinedInstrument, type Item } from "../../core/answers.js";
import { useAct, useLoaded } from "../../core/hooks.js";
import type { Fields } from "../../core/merge.js";
import { localStore, readSessions } from "../../core/things.js";
import { useSaver } from "../../core/writing.js";
import { en } from "../../messages/en/answers.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Area, Line, Pending, Pick, SureButton } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { Conflicts, SaveStatus } from "../../parts/saving.js";
import { go } from "../../route.js";
import { answerWords, questionOf } from "./answer.js";

const w = spoken({ en });
/** More answers than this are a number to type. */
const MAX_CHOICES = 13;

interface Begun {
  one: DefinedInstrument;
  /** The answers that these take the place of. */
  earlier: AnswersGiven | null;
}

function Question({ one, item, number, value, onAnswer }: { one: DefinedInstrument; item: Item; number: number; value: string; onAnswer: (answer: string) => void }) {
  const text = `${number}. ${questionOf(one, item)}`;
  const choices = choicesOf(item, MAX_CHOICES);
  const [min, max] = [item.min ?? 0, item.max ?? 0];
  if (choices === null) return <Line name={item.id} type="number" label={text} hint={w.number(min, max)} value={value} onInput={onAnswer} isField />;
  return (
    <fieldset class="question">
      <legend lang={one.wording?.language} dir="auto">
        {text}
      </legend>
      <div class="answers-row">
        {choices.map((answer) => (
          <label key={answer} class="check">
            <input type="radio" name={item.id} checked={value === String(answer)} onChange={() => onAnswer(String(answer))} />{" "}
            <span lang={one.wording?.language} dir="auto">
              {answerWords(one, item.id, answer)}
            </span>
          </label>
        ))}
        {value !== "" && (
          <button type="button" class="link small" aria-label={w.takeBackOf(text)} onClick={(event) => { event.currentTarget.closest("fieldset")?.querySelector("input")?.focus(); onAnswer(""); }}>
            {w.takeBack}
          </button>
        )}
      </div>
    </fieldset>
  );
}

/** What was sent first has arrived, and its answer was lost: where it differs from what stands here. */
function Arrived({ begun: { one }, arrived, items, value }: { begun: Begun; arrived: AnswersGiven; items: Item[]; value: (field: string) => string }) {
  const said = (item: Item, answer: Answer | null | undefined): string => (answer === undefined || answer === null || answer === "" ? w.notAnswered : answerWords(one, item.id, answer));
  const here = answersOf(items, value);
  const differ = one.definition.items.filter((item) => (arrived.answers[item.id] ?? "") !== (here[item.id] ?? ""));
  return (
    <section class="conflict" aria-label={w.arrivedTitle}>
      <h2>{w.arrivedTitle}</h2>
      <p>{w.arrived}</p>
      <ul class="plain">
        {differ.map((item) => (
          <li key={item.id}>{w.arrivedOne(`${one.definition.items.indexOf(item) + 1}. ${questionOf(one, item)}`, said(item, arrived.answers[item.id]), said(item, here[item.id]))}</li>
        ))}
      </ul>
      <a href={`#/answer/${arrived.id}`}>{w.arrivedOpen}</a>
    </section>
  );
}

function Form({ patientId, begun }: { patientId: string; begun: Begun }) {
  const { one } = begun;
  const { definition } = one;
  const store = useMemo(() => localStore(`interview ${patientId}/${definition.id}${begun.earlier ? `/${begun.earlier.id}` : ""}`), []);
  const sessions = useLoaded(`sessions ${patientId}`, () => readSessions(patientId));
  const found = useSaver(store, true);
  const { isBusy, message, act } = useAct();
  const arrivedId = found?.saver.facts["arrived"] ?? "";
  const arriving = useLoaded(`arrived ${arrivedId}`, async () => ({ one: arrivedId === "" ? null : await readAnswer(arrivedId) }));
  if (found === null) return <p class="hint">{t.loading}</p>;
  const { saver, view } = found;
  const arrived = arriving.value?.one?.id === arrivedId ? arriving.value.one : null;
  const isArriving = arrivedId !== "" && arrived === null;
  const earlier = arrived ?? begun.earlier;
  const first: Fields = earlier ? { ...fieldsIn(earlier.answers), mode: earlier.mode, respondent: earlier.respondent, session: earlier.session_id ?? "" } : {};
  const value = (field: string): string => view.fields[field] ?? first[field] ?? "";
  const write = (field: string) => (text: string): void => saver.write(field, text);
  const items = itemsFor(one, value);
  const answers = answersOf(items, value);
  const done = Object.keys(answers).length;
  const isByClinician = definition.kind === "clinician_rated";
  const isReady = done > 0 && (earlier === null || value("why").trim() !== "") && view.conflicts.length === 0 && !isArriving;
  const send = (): Promise<void> =>
    act(async () => {
      const id = (saver.facts["id"] ??= newId());
      const sent = saver.view.fields;
      const mode = (value("mode") || "interview") as "interview";
      const isNow = value("when") === "" && earlier === null;
      const other = await giveAnswers({
        id,
        patient_id: patientId,
        session_id: value("session") || null,
        instrument_id: definition.id,
        state: "completed",
        mode,
        ...(isByClinician ? {} : { respondent: (value("respondent") || "patient") as "patient" }),
        ...(one.wording ? { language: one.wording.language } : {}),
        answers,
        completed_at: isNow ? new Date().toISOString() : value("when") ? new Date(value("when")).toISOString() : null,
        ...(earlier ? { corrects_id: earlier.id, correction_reason: value("why").trim() } : {}),
      }, isNow);
      const isAll = other === null && (await saver.finish({ id: newId() }, sent));
      if (isAll) go("answer", id);
      else await saver.finish({ id: newId(), arrived: id }, {}); // what stands here is told from what arrived
    });
  const words = (field: string): string => {
    const item = definition.items.find((other) => other.id === field);
    return item ? questionOf(one, item) : (({ mode: w.how, respondent: w.whose, session: w.session, when: w.when, why: w.whyCorrect } as Record<string, string>)[field] ?? field);
  };
  const about = (sessions.value ?? []).map((session): [string, string] => [session.id, `${momentOf(session.started_at ?? session.planned_start_at)}, ${plain(session.phase).toLowerCase()}`]);
  return (
    <form data-part onSubmit={(event) => { event.preventDefault(); void send(); }}>
      {definition.recall_days !== null && <p class="lead">{w.recall(definition.recall_days)}</p>}
      {one.wording === null && !definition.id.startsWith("own_") && <p class="hint">{w.noWording}</p>}
      {definition.state === "provisional" && <p class="late">{w.provisional}</p>}
      <SaveStatus saver={saver} view={view} words={words} />
      {[...new Set(view.conflicts.map((conflict) => conflict.field))].map((field) => (
        <Conflicts key={field} saver={saver} view={view} field={field} words={words} />
      ))}
      {isArriving && <Pending loaded={arriving} />}
      {arrived && <Arrived begun={begun} arrived={arrived} items={items} value={value} />}
      <section class="card">
        {items.map((item, at) => (
          <Question key={item.id} one={one} item={item} number={at + 1} value={value(item.id)} onAnswer={write(item.id)} />
        ))}
        {isAlarming(answers) && <p class="late">{w.alarming}</p>}
      </section>
      <section class="card">
        <div class="days">
          <Pick name="mode" label={w.how} value={value("mode") || "interview"} options={Object.entries(w.modes)} onChange={write("mode")} />
          {!isByClinician && <Pick name="respondent" label={w.whose} value={value("respondent") || "patient"} options={["patient", "caregiver"].map((key) => [key, w.respondent[key] ?? key])} onChange={write("respondent")} />}
          <Pick name="session" label={w.session} value={value("session")} options={[["", w.noSession], ...about]} onChange={write("session")} />
          <Line name="when" type="datetime-local" label={w.when} value={value("when")} onInput={write("when")} isField />
        </div>
      </section>
      {earlier && <Area name="why" label={w.whyCorrect} value={value("why")} onInput={write("why")} rows={2} />}
      <p class="hint">{w.completeHint}</p>
      <Alert message={message} />
      <div class="row">
        <button type="submit" class="primary" data-primary disabled={isBusy || !isReady}>
          {w.complete}
        </button>
        <span class="hint" role="status">
          {w.given(done, items.length)}
        </span>
        {Object.keys(view.fields).length > 0 && <SureButton label={w.discard} question={w.discardSure} yes={w.discard} onSure={() => void saver.finish({ id: newId() }).then(() => go("answers", patientId))} />}
      </div>
    </form>
  );
}

/** `session` is the instrument, `format` the answers that are corrected. */
export function Interview({ id, session: instrument, format: corrects }: { id: string; session: string; format: string }) {
  const loaded = useLoaded<Begun>(`interview ${id} ${instrument} ${corrects}`, async () => {
    const [one, earlier] = await Promise.all([readInstrument(instrument), corrects ? readAnswer(corrects) : Promise.resolve(null)]);
    return { one, earlier };
  });
  return (
    <Room title={loaded.value?.one.definition.name ?? w.one} patientId={id} loaded={loaded} back={<a href={`#/answers/${id}`}>{w.title}</a>}>
      {(begun) => <Form key={`${instrument} ${corrects}`} patientId={id} begun={begun} />}
    </Room>
  );
}
