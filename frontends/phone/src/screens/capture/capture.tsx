/** After a dose, without a sign-in: three taps, a word, a few lines. Nothing of the chart, and always whom to call. */
import { Client, newId, NoAnswer, Problem, unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { Scale, SureButton, TextField, Title, Words } from "../../parts/basics.js";
import { Crisis, CrisisLines } from "../../parts/crisis.js";
import { byLink, dropOthers, isAnythingLeft, isOthersLeft, keepLink, keptLink, NO_DRAFT, NO_LINK, sendable, takeOver, type CaptureDraft, type KeptLink, type Moment } from "../../parts/link.js";

const w = r.capture;
const RETRY_MS = 15_000;
const MAX_TEXT = 500;
const TAPS = ["mood", "anxiety", "connection"] as const;
const client = new Client({ patience: { retries: 0, timeoutMs: 10_000 } });

/** The words of what was not taken, to be copied by hand. */
function wordsOf({ body: { mood, word, text } }: Moment): string {
  const taps = mood ? TAPS.map((tap) => `${t.ratings[tap]![0]}: ${mood[tap]}`).join(", ") : "";
  return word ?? text ?? taps;
}

export function CaptureScreen({ code }: { code: string }) {
  const [kept, setKept] = useState<KeptLink>(keptLink);
  const [typed, setTyped] = useState("");
  const [message, setMessage] = useState("");
  const keep = (next: KeptLink): KeptLink => {
    const tidy = keepLink(next);
    setKept(tidy);
    return tidy;
  };
  /** Do a request by a link; return whether it was answered. A link that does not work any more sends nothing further. */
  const asked = async (token: string, request: () => Promise<void>): Promise<boolean> => {
    try {
      await request();
      return true;
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Problem)) throw error;
      if (error instanceof Problem && error.status === 401) {
        const present = keptLink();
        keep({ ...present, token: present.token === token ? "" : present.token, ended: [...present.ended, token] });
        if (keptLink().token === "") setMessage(w.ended);
      }
      return false;
    }
  };
  const open = (token: string): Promise<boolean> =>
    asked(token, async () => {
      const { data } = await unwrap(client.http.GET("/v1/capture", byLink(token)));
      keep({ ...keptLink(), token, lines: data.crisis_resources });
      setMessage("");
    });
  /** Send each moment by the link that it was written under. One that is not taken holds none of the others. */
  const sendAll = async (): Promise<void> => {
    for (let [moment] = sendable(keptLink()); moment !== undefined; [moment] = sendable(keptLink())) {
      const { token, body } = moment;
      let isTaken = true;
      const isAnswered = await asked(token, async () => {
        try {
          await unwrap(client.http.POST("/v1/captures", { body, ...byLink(token, body.id) }));
        } catch (error) {
          if (!(error instanceof Problem) || error.status === 401 || error.isTransient) throw error;
          isTaken = error.code === "id-taken";
        }
      });
      if (!isAnswered) {
        if (keptLink().ended.includes(token)) continue;
        return;
      }
      const present = keptLink(); // another may have been written meanwhile, or all was dropped
      const found = present.unsent.find((one) => one.body.id === body.id);
      if (found === undefined) continue;
      keep({ ...present, unsent: present.unsent.filter((one) => one !== found), refused: isTaken ? present.refused : [...present.refused, found] });
      if (token === present.token) setMessage(isTaken ? w.kept : "");
    }
  };
  useEffect(() => {
    if (code === "") return;
    location.replace("#/capture"); // the secret does not stay in the address
    keep({ ...keptLink(), token: code });
    setMessage("");
    void open(code).then(sendAll);
  }, [code]);
  useEffect(() => {
    const again = (): void => void sendAll();
    again();
    addEventListener("online", again);
    const timer = setInterval(again, RETRY_MS);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, []);
  const draft = kept.drafts[kept.token] ?? NO_DRAFT;
  const { mood, anxiety, connection, word, text } = draft;
  /** Keep what is typed and tapped, on each input: help is a tap away, and a page can be loaded anew. */
  const set = (changes: Partial<CaptureDraft>): void => {
    const present = keptLink();
    keep({ ...present, drafts: { ...present.drafts, [present.token]: { ...(present.drafts[present.token] ?? NO_DRAFT), ...changes } } });
  };
  /** Put it among what is to be sent, and empty its fields, in one step. */
  const write = (content: Omit<Moment["body"], "id" | "captured_at">, emptied: Partial<CaptureDraft>): void => {
    setMessage("");
    const present = keptLink();
    const { token } = present;
    const body = { ...content, id: newId(), captured_at: new Date().toISOString() };
    keep({ ...present, unsent: [...present.unsent, { body, token }], drafts: { ...present.drafts, [token]: { ...draft, ...emptied } } });
    void sendAll();
  };
  const end = <SureButton label={w.end} question={w.endSure} yes={w.end} onSure={() => { keep(NO_LINK); setMessage(""); }} />;
  const help = (
    <>
      <a class="button danger wide" href="#/help">
        {w.help}
      </a>
      <Crisis lines={kept.lines} />
      <CrisisLines lines={kept.lines} />
    </>
  );
  if (kept.token === "") {
    return (
      <>
        <Title>{w.title}</Title>
        <form onSubmit={(event) => { event.preventDefault(); void open(typed.trim()).then(sendAll); }}>
          <div class="field">
            <label for="code">{w.code}</label>
            <input id="code" autocomplete="off" autocapitalize="off" spellcheck={false} dir="ltr" required value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          </div>
          <p role="alert" class="message">{message}</p>
          <button type="submit" class="primary wide">
            {w.go}
          </button>
        </form>
        {isAnythingLeft(kept) && <p class="hint">{w.waits}</p>}
        {help}
        {isAnythingLeft(kept) && end}
      </>
    );
  }
  const unsent = kept.unsent.filter(({ token }) => token === kept.token).length;
  const refused = kept.refused.filter(({ token }) => token === kept.token);
  const isTapped = mood !== null && anxiety !== null && connection !== null;
  const isOneWord = /^\S+$/.test(word.trim());
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      <p role="status" class={unsent > 0 ? "message" : "instruction"}>{unsent > 0 ? w.unsent(unsent) : message}</p>
      {isOthersLeft(kept) && (
        <section class="card warning">
          <p>{w.others}</p>
          <button type="button" class="wide" onClick={() => { keep(takeOver(keptLink())); void sendAll(); }}>
            {w.mine}
          </button>
          <button type="button" class="quiet" onClick={() => keep(dropOthers(keptLink()))}>
            {w.dropOthers}
          </button>
        </section>
      )}
      {refused.length > 0 && (
        <section class="card warning" aria-labelledby="refused">
          <h2 id="refused">{w.left}</h2>
          <p>{w.leftHint}</p>
          {refused.map((one) => (
            <Words key={one.body.id}>{wordsOf(one)}</Words>
          ))}
        </section>
      )}
      <section class="card" aria-labelledby="taps">
        <h2 id="taps">{w.mood}</h2>
        {TAPS.map((tap) => {
          const [label, low, high] = t.ratings[tap]!;
          return <Scale key={tap} name={`tap-${tap}`} label={label} low={low} high={high} value={draft[tap]} onChange={(number) => set({ [tap]: number })} />;
        })}
        <button type="button" class="primary wide" disabled={!isTapped} onClick={() => { if (isTapped) write({ mood: { mood, anxiety, connection } }, { mood: null, anxiety: null, connection: null }); }}>
          {w.keep}
        </button>
      </section>
      <section class="card">
        <div class="field">
          <label for="field-word">{w.word}</label>
          <input id="field-word" dir="auto" maxLength={60} autocomplete="off" value={word} onInput={(event) => set({ word: event.currentTarget.value })} />
        </div>
        {word.trim() !== "" && !isOneWord && <p class="hint">{w.oneWord}</p>}
        <button type="button" class="primary wide" disabled={!isOneWord} onClick={() => write({ word: word.trim() }, { word: "" })}>
          {w.keep}
        </button>
      </section>
      <section class="card">
        <TextField name="text" label={w.text} rows={3} value={text} onInput={(value) => set({ text: value.slice(0, MAX_TEXT) })} />
        <button type="button" class="primary wide" disabled={text.trim() === ""} onClick={() => write({ text: text.trim() }, { text: "" })}>
          {w.keep}
        </button>
      </section>
      {help}
      {end}
    </>
  );
}
