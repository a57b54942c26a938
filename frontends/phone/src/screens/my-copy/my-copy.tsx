/** The whole journal as one file: to ask for it, to see it being made, to save it, and what is in it and what is not. */
import { newId, NoAnswer, unwrap } from "@integration-journal/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useKept } from "../../journal/online.js";
import type { ChartExport } from "../../journal/types.js";
import { amountOf, momentOf, t } from "../../messages/index.js";
import { l } from "../../messages/later.js";
import { Choice, Title } from "../../parts/basics.js";
import { useProof, wordsOf } from "../../parts/proof.js";
import { ClinicCopies } from "./clinic-copies.js";
import { Download, save } from "./download.js";

const w = l.copy;
const LOOK_MS = 3000;
const DAY_MS = 86_400_000;
const UNITS = ["kB", "MB", "GB"];

function sizeOf(bytes: number): string {
  let [size, unit] = [bytes / 1000, 0];
  while (size >= 1000 && unit < UNITS.length - 1) [size, unit] = [size / 1000, unit + 1];
  return `${amountOf(size)}\u00a0${UNITS[unit]}`;
}

const daysOf = (one: ChartExport | undefined): number | null =>
  one?.ready_at && one.expires_at ? Math.round((Date.parse(one.expires_at) - Date.parse(one.ready_at)) / DAY_MS) : null;

/** The file that is there: until when, and the button that saves it. */
function Ready({ one, isAsking }: { one: ChartExport; isAsking: boolean }) {
  const { holder, isReached } = useJournal();
  const [percent, setPercent] = useState<number | null>(null);
  const [message, setMessage] = useState("");
  const download = useRef<Download | null>(null);
  const proof = useProof((error) => {
    setPercent(null);
    setMessage(error instanceof NoAnswer ? w.broke : wordsOf(error));
  });
  const fetchIt = (): Promise<void> =>
    proof.run(async () => {
      setMessage("");
      setPercent(0);
      download.current ??= new Download(journal.client, holder?.accountId ?? "", one);
      try {
        const file = await download.current.whole(setPercent);
        download.current = null;
        save(file, `my-journal-${one.ready_at?.slice(0, 10)}.zip`);
        setMessage(w.saved);
      } finally {
        setPercent(null);
      }
    });
  return (
    <section class="card" aria-label={w.save}>
      <p>{w.ready(sizeOf(one.size_bytes ?? 0), momentOf(one.expires_at ?? ""))}</p>
      {proof.form ?? (
        <button type="button" class="primary wide" disabled={percent !== null || isAsking || !isReached} onClick={() => void fetchIt()}>
          {w.save}
        </button>
      )}
      {percent !== null && <progress max={100} value={percent} aria-label={w.saving(percent)} />}
      <p role="status">{message}</p>
      <p class="hint">{w.unlocked}</p>
    </section>
  );
}

/** What the last one came to, if there is nothing to save. */
function Past({ one }: { one: ChartExport | undefined }) {
  if (one?.state === "failed") return <p class="card warning">{w.failed[one.failure ?? ""] ?? t.problem.other}</p>;
  return one?.state === "expired" ? <p class="hint">{w.expired}</p> : null;
}

export function MyCopy() {
  const { isReached } = useJournal();
  const { value, isMissing, set, reload } = useKept<ChartExport[]>("exports", async () => (await unwrap(journal.client.http.GET("/v1/me/exports", { params: { query: { limit: 1 } } }))).data.items);
  const [order, setOrder] = useState<ChartExport["chart_order"]>("newest_first");
  const [message, setMessage] = useState("");
  const proof = useProof((error) => {
    setMessage(wordsOf(error, { "too-many-requests": w.tooMany, "rate-limited": w.tooMany }));
    reload();
  });
  const one = value?.[0];
  const isMaking = one?.state === "making";
  useEffect(() => {
    if (!isMaking) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [isMaking]);
  const ask = (): Promise<void> => {
    const id = newId(); // asked again after a lost answer, it is the same one
    return proof.run(async () => {
      setMessage("");
      const { data } = await unwrap(journal.client.http.POST("/v1/me/exports", { body: { id, chart_order: order } }));
      set([data]); // at once: the file of before is not offered while this one is made
    });
  };
  const days = daysOf(one);
  const form = (
    <>
      <Choice name="order" label={w.order} options={w.orders} value={order} onChange={setOrder} />
      <button type="button" class={one?.state === "ready" ? "wide" : "primary wide"} disabled={!isReached} onClick={() => void ask()}>
        {one === undefined ? w.ask : w.askAgain}
      </button>
    </>
  );
  const isAsking = !isMaking && value !== null && proof.form === null;
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      {!isReached && <p role="status">{w.offline}</p>}
      {value === null && !isMissing && <p class="hint">{t.loading}</p>}
      {one?.state === "ready" && <Ready key={one.id} one={one} isAsking={proof.form !== null} />}
      <div role="status">
        {isMaking && (
          <div class="card">
            <p>{w.making}</p>
            <progress aria-label={w.making} />
          </div>
        )}
      </div>
      <Past one={one} />
      {isAsking && (one?.state === "ready" ? (
        <details>
          <summary>{w.anew}</summary>
          <p class="hint">{w.again}</p>
          {form}
        </details>
      ) : form)}
      {proof.form}
      <p role="alert" class="message">
        {message}
      </p>
      <ClinicCopies />
      <h2>{w.inside}</h2>
      <ul>
        {w.insides.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      <p>{days === null ? w.keptFor : w.kept(days)}</p>
      <h2>{w.leftOut}</h2>
      {one === undefined ? (
        <p class="hint">{value === null && !isMissing ? t.loading : w.leftOutFirst}</p>
      ) : (
        <ul>
          {one.left_out.map((left) => (
            <li key={left.kind}>
              <span dir="auto">{left.why}</span> {left.count !== null && w.counted(left.count)}
            </li>
          ))}
        </ul>
      )}
      {one?.state === "ready" && (
        <details>
          <summary>{w.check}</summary>
          <p class="hint">{w.checkHint}</p>
          <p class="words" dir="ltr">
            {one.public_key}
          </p>
        </details>
      )}
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}
