/** A check-in after a dose: a few questions, each answered with a tap, and each may be left out. */
import { newId } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { CheckInItem } from "../../journal/types.js";
import { momentOf, t } from "../../messages/index.js";
import { AskedMeasures } from "../../parts/asked.js";
import { Choice, Scale, Title } from "../../parts/basics.js";
import { Crisis } from "../../parts/crisis.js";
import { StatementText } from "../../parts/statement.js";

type Answers = Record<string, string | number>;

interface CheckInDraft {
  answers: Answers;
  contact: boolean;
  /** When it was begun, by this phone's clock. */
  began_at: string;
}

const fresh = (): CheckInDraft => ({ answers: {}, contact: false, began_at: new Date().toISOString() });
const plain = (word: string): string => word.replaceAll("_", " ");

function Question({ item, value, onChange }: { item: CheckInItem; value: string | number | undefined; onChange: (value: string | number | null) => void }) {
  const [label, low, high] = t.checkIn.items[item.id] ?? [item.topic, "", ""];
  if (item.answers === null) {
    return <Scale name={item.id} label={label} low={low} high={high} max={item.max ?? 10} value={typeof value === "number" ? value : null} onChange={onChange} />;
  }
  const options = Object.fromEntries(item.answers.map((answer) => [answer, t.checkIn.answers[answer] ?? plain(answer)]));
  return <Choice name={item.id} label={label} options={options} value={typeof value === "string" ? value : null} onChange={onChange} />;
}

export function CheckIn({ id }: { id: string }) {
  const { next, items, told, waiting } = useJournal();
  const draft = useDraft<CheckInDraft>(`check-in ${id}`, fresh);
  const [keptAs, setKeptAs] = useState<string | null>(null);
  const window = next?.now.find((one) => one.arc_window_id === id);
  const value = draft.value;
  if (keptAs !== null) {
    const isWaiting = waiting.some((entry) => entry.thing_id === keptAs);
    return (
      <>
        <Title>{t.checkIn.kept}</Title>
        <p>{isWaiting ? t.checkIn.waits : t.checkIn.sent}</p>
        {told?.id === keptAs && told.monitoring && <StatementText monitoring={told.monitoring} />}
        <AskedMeasures />
        <a class="button wide" href="#/">
          {t.nav.tonight}
        </a>
      </>
    );
  }
  if (window === undefined) return <Title>{t.checkIn.gone}</Title>;
  if (value === null) return <p class="hint">{t.loading}</p>;
  const asked = window.items.flatMap((name) => items.filter((item) => item.id === name));
  const { answers } = value;
  const answer = (name: string, given: string | number | null): void => {
    const { [name]: _, ...others } = answers;
    draft.set({ ...value, answers: given === null ? others : { ...others, [name]: given } });
  };
  const keep = async (): Promise<void> => {
    const thing = newId();
    const body = { id: thing, arc_window_id: id, answers, contact_me: value.contact, completed_at: new Date().toISOString() };
    await journal.write("create_check_in", { body, thingId: thing });
    await draft.clear();
    setKeptAs(thing);
  };
  const isUnsafe = answers["ci.safety"] === "not_safe" || answers["ci.safety"] === "not_sure" || (answers["ci.red_signs"] ?? "none") !== "none";
  return (
    <>
      <Title>{t.checkIn.title}</Title>
      <p class="hint">{t.checkIn.lead(momentOf(window.closes_at))}</p>
      {asked.map((item) => (
        <Question key={item.id} item={item} value={answers[item.id]} onChange={(given) => answer(item.id, given)} />
      ))}
      {isUnsafe && (
        <>
          <Crisis />
          <p>
            <a class="button help wide" href="#/help">
              {t.help.ask}
            </a>
          </p>
        </>
      )}
      <label class="check">
        <input type="checkbox" checked={value.contact} onChange={(event) => draft.set({ ...value, contact: event.currentTarget.checked })} />
        <span>
          {t.write.contact} <span class="hint">{t.checkIn.contactHint}</span>
        </span>
      </label>
      <button type="button" class="primary wide" disabled={Object.keys(answers).length === 0 && !value.contact} onClick={() => void keep()}>
        {t.checkIn.keep}
      </button>
      <p class="hint" role="status">
        {draft.isKept ? t.write.kept : t.write.keeping}
      </p>
      {window.prompts.length > 0 && (
        <section aria-labelledby="prompts">
          <h2 id="prompts">{t.checkIn.prompts}</h2>
          <ul class="plain">
            {window.prompts.map((prompt) => (
              <li key={prompt.key}>
                <a class="card row-link" href="#/write/new" dir="auto">
                  {prompt.text}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
