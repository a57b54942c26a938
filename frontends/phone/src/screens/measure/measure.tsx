/** A questionnaire in the clinic's wording: one question at a time, by touch. What was tapped is kept until it is sent. */
import { newId } from "@integration-journal/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { draftsOf, isAlarming, isPut, itemsFor, questionOf, titleOf, windowOf, type Answer, type Answers } from "../../journal/asked.js";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { Asked, InstrumentItem } from "../../journal/types.js";
import { t } from "../../messages/index.js";
import { l } from "../../messages/later.js";
import { AskedMeasures } from "../../parts/asked.js";
import { NeedsYou, Title } from "../../parts/basics.js";
import { Crisis } from "../../parts/crisis.js";
import { StatementText } from "../../parts/statement.js";

const w = l.measure;
/** More answers than this are a line to slide on. */
const MAX_BUTTONS = 11;

interface MeasureDraft {
  /** Of the answers, once they are sent. */
  id: string;
  answers: Answers;
  /** The item that is shown; null before the first. */
  at: string | null;
  /** Whether all were shown. */
  isOver: boolean;
  /** Whether it was opened to change one answer. */
  isBack: boolean;
  /** The language in which it was asked. */
  language: string | null;
}

/** The words of an answer: those of the wording, else our own, else the number. */
const wordsFor = (one: Asked, item: InstrumentItem, answer: Answer): string => one.wording?.items[item.id]?.options[String(answer)] ?? w.words[String(answer)] ?? String(answer).replaceAll("_", " ");

function answersOf(item: InstrumentItem): Answer[] {
  const numbers = item.min === null || item.max === null ? [] : Array.from({ length: item.max - item.min + 1 }, (_, at) => item.min! + at);
  const all = [...(item.values ?? []), ...numbers];
  return item.may_not_apply && !all.includes("na") ? [...all, "na"] : all;
}

/** Many numbers: a line to slide on. Nothing is chosen until it is touched. */
function Slider({ item, label, value, onChange }: { item: InstrumentItem; label: string; value: Answer | undefined; onChange: (value: number) => void }) {
  const [min, max] = [item.min ?? 0, item.max ?? 0];
  const set = (event: { currentTarget: HTMLInputElement }): void => onChange(Number(event.currentTarget.value));
  return (
    <div class="slide">
      <p class="hint" id="slide-hint">
        {w.slide(min, max)}
      </p>
      <input type="range" dir="ltr" min={min} max={max} value={typeof value === "number" ? value : Math.round((min + max) / 2)} aria-label={label} aria-describedby="slide-hint" aria-valuetext={typeof value === "number" ? String(value) : w.notChosen} onInput={set} onClick={set} />
      <p class="ends" dir="ltr">
        <span>{min}</span>
        <span>{max}</span>
      </p>
      <p>{typeof value === "number" ? w.chosen(value) : w.notChosen}</p>
    </div>
  );
}

function Question({ one, item, number, count, value, onAnswer, onSlide, onSkip, onBack }: { one: Asked; item: InstrumentItem; number: number; count: number; value: Answer | undefined; onAnswer: (answer: Answer) => void; onSlide: (answer: number) => void; onSkip: () => void; onBack: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [item.id]);
  const answers = answersOf(item);
  const isLine = answers.length > MAX_BUTTONS;
  const text = questionOf(one, item);
  return (
    <>
      <p class="eyebrow">{w.of(number, count)}</p>
      <progress max={count} value={number - 1} aria-label={w.of(number, count)} />
      <h1 ref={heading} tabIndex={-1} class="asks" lang={one.wording?.language} dir="auto">
        {text}
      </h1>
      {isLine ? (
        <>
          <Slider item={item} label={text} value={value} onChange={onSlide} />
          <button type="button" class="primary wide" disabled={typeof value !== "number"} onClick={() => onAnswer(value!)}>
            {w.next}
          </button>
        </>
      ) : (
        <div role="group" aria-label={text} class="answers">
          {answers.map((answer) => (
            <button key={answer} type="button" class={answer === value ? "wide primary" : "wide"} aria-pressed={answer === value} lang={one.wording?.language} dir="auto" onClick={() => onAnswer(answer)}>
              {wordsFor(one, item, answer)}
            </button>
          ))}
        </div>
      )}
      <div class="news steps">
        <button type="button" class="quiet" onClick={onBack}>
          {w.back}
        </button>
        {(value === undefined || !isLine) && (
          <button type="button" class="quiet" onClick={onSkip}>
            {value === undefined ? w.skip : w.next}
          </button>
        )}
      </div>
    </>
  );
}

/** Every answer once more, each to be changed; then it is sent. */
function Review({ one, items, answers, onOpen, onSend }: { one: Asked; items: InstrumentItem[]; answers: Answers; onOpen: (id: string) => void; onSend: () => void }) {
  const isNothing = !items.some((item) => answers[item.id] !== undefined);
  return (
    <>
      <Title>{w.review}</Title>
      <p>{w.reviewLead}</p>
      <ul class="plain">
        {items.map((item) => {
          const answer = answers[item.id];
          return (
            <li key={item.id}>
              <button type="button" class="row-link answer" onClick={() => onOpen(item.id)}>
                <span lang={one.wording?.language} dir="auto">
                  {questionOf(one, item)}
                </span>
                {answer === undefined ? <span class="hint">{w.open}</span> : <strong lang={one.wording?.language} dir="auto">{wordsFor(one, item, answer)}</strong>}
              </button>
            </li>
          );
        })}
      </ul>
      {isAlarming(answers) && <Danger />}
      <button type="button" class="primary wide" disabled={isNothing} onClick={onSend}>
        {w.send}
      </button>
      <p class="hint">{isNothing ? w.nothing : w.sendHint}</p>
    </>
  );
}

/** Whom to call, before anything is sent. */
function Danger() {
  return (
    <>
      <p>{w.unsafe}</p>
      <Crisis />
      <p>
        <a class="button help wide" href="#/help">
          {t.help.ask}
        </a>
      </p>
    </>
  );
}

/** What became of it: where it is, what the API says, and whom to call if an answer was alarming. */
function Kept({ id, isUnsafe }: { id: string; isUnsafe: boolean }) {
  const { waiting, told } = useJournal();
  const entry = waiting.find((one) => one.thing_id === id);
  return (
    <>
      <Title>{w.kept}</Title>
      <div role="status">{entry === undefined ? <p>{w.sent}</p> : entry.state === "waiting" ? <p>{w.waits}</p> : <NeedsYou />}</div>
      {told?.id === id && told.monitoring && <StatementText monitoring={told.monitoring} />}
      {isUnsafe && <Danger />}
      <AskedMeasures />
      <a class="button wide" href="#/">
        {t.nav.tonight}
      </a>
    </>
  );
}

export function Measure({ id }: { id: string }) {
  const { asked, next, waiting, fetchedAt } = useJournal();
  const found = asked.find((other) => other.id === id);
  const kept = useRef(found); // a reading meanwhile may take it away, as it was answered elsewhere
  const one = found ?? kept.current;
  kept.current = one;
  const window = useRef<string | null>(null);
  window.current ??= windowOf(next, id); // and not another one, as long as this screen is open
  const isSending = useRef(false);
  const draft = useDraft<MeasureDraft>(`${draftsOf(window.current ?? "")}${id}`, () => ({ id: newId(), answers: {}, at: null, isOver: false, isBack: false, language: null }));
  const [sent, setSent] = useState<{ id: string; isUnsafe: boolean } | null>(null);
  const value = draft.value;
  if (sent !== null) return <Kept {...sent} />;
  if (value === null || (one === undefined && fetchedAt === null)) return <p class="hint">{t.loading}</p>;
  const given = waiting.find((entry) => entry.operation === "create_measure_response" && (entry.body as { instrument_id: string }).instrument_id === id);
  if (given?.state === "needs-you") {
    return (
      <>
        <Title>{w.kept}</Title>
        <NeedsYou />
      </>
    );
  }
  if (one === undefined || given !== undefined) return <Title>{w.gone}</Title>;
  if (!isPut(one)) return <Title>{w.noWords}</Title>;

  const set = (changes: Partial<MeasureDraft>): void => draft.set({ ...value, language: one.wording?.language ?? null, ...changes });
  const items = itemsFor(one, value.answers);
  const at = items.findIndex((item) => item.id === value.at);
  const open = (place: number): void => set(value.isBack || place >= items.length ? { isOver: true, isBack: false } : { at: items[Math.max(place, 0)]!.id });
  /** Which questions follow may hang on the answer that was just given. */
  const answered = (item: InstrumentItem, answer: Answer): void => {
    const answers = { ...value.answers, [item.id]: answer };
    const following = itemsFor(one, answers);
    const next = following[following.findIndex((other) => other.id === item.id) + 1];
    set(next === undefined || value.isBack ? { answers, isOver: true, isBack: false } : { answers, at: next.id });
  };
  const send = async (): Promise<void> => {
    if (isSending.current) return; // a button that is pressed twice sends one
    isSending.current = true;
    const thing = value.id;
    const answers = Object.fromEntries(items.filter((item) => value.answers[item.id] !== undefined).map((item) => [item.id, value.answers[item.id]!]));
    const body = { id: thing, instrument_id: id, state: "completed" as const, language: value.language, answers, completed_at: new Date().toISOString() };
    try {
      await journal.write("create_measure_response", { body, thingId: thing });
    } finally {
      isSending.current = false;
    }
    setSent({ id: thing, isUnsafe: isAlarming(answers) });
    await draft.clear();
  };
  const item = items[at];
  if (value.isOver) return <Review one={one} items={items} answers={value.answers} onOpen={(other) => set({ at: other, isOver: false, isBack: true })} onSend={() => void send()} />;
  if (item === undefined) {
    return (
      <>
        <Title>
          <span lang={one.wording?.language} dir="auto">
            {titleOf(one)}
          </span>
        </Title>
        <p>{w.lead(items.length)}</p>
        {one.definition.recall_days !== null && <p>{w.recall(one.definition.recall_days)}</p>}
        <button type="button" class="primary wide" onClick={() => open(0)}>
          {Object.keys(value.answers).length > 0 ? w.goOn : w.begin}
        </button>
      </>
    );
  }
  const chosen = value.answers[item.id];
  const before = items[at - 1]?.id ?? "";
  const isNews = before in value.answers && isAlarming({ [before]: value.answers[before]! }); // it was tapped last: first things first
  return (
    <>
      <div role="alert">{isNews && <Danger />}</div>
      <Question
        one={one}
        item={item}
        number={at + 1}
        count={items.length}
        value={chosen}
        onAnswer={(answer) => answered(item, answer)}
        onSlide={(answer) => set({ answers: { ...value.answers, [item.id]: answer } })}
        onSkip={() => open(at + 1)}
        onBack={() => (at === 0 && !value.isBack ? set({ at: null }) : open(at - 1))}
      />
      <p class="hint" role="status">
        {draft.isKept ? w.tapped : t.write.keeping}
      </p>
      {!isNews && isAlarming(value.answers) && <Danger />}
    </>
  );
}
