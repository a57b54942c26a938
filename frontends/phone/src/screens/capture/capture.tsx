/** After a dose, without a sign-in: three taps, a word, a few lines. Nothing of the chart, and always whom to call. */
import { Client, newId, NoAnswer, Problem, unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { Scale, SureButton, TextField, Title } from "../../parts/basics.js";
import { Crisis, CrisisLines } from "../../parts/crisis.js";
import { byLink, keepLink, keptLink, NO_LINK, type KeptLink, type Moment } from "../../parts/link.js";

const w = r.capture;
const RETRY_MS = 15_000;
const MAX_TEXT = 500;
const TAPS = ["mood", "anxiety", "connection"] as const;
type Taps = Partial<Record<(typeof TAPS)[number], number | null>>;
const client = new Client({ patience: { retries: 0, timeoutMs: 10_000 } });

export function CaptureScreen({ code }: { code: string }) {
  const [kept, setKept] = useState<KeptLink>(keptLink);
  const [typed, setTyped] = useState("");
  const [taps, setTaps] = useState<Taps>({});
  const [word, setWord] = useState("");
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const keep = (next: KeptLink): KeptLink => {
    setKept(keepLink(next));
    return next;
  };
  /** Do a request; return whether it was answered. What is refused for good is taken from what waits. */
  const asked = async (request: () => Promise<void>): Promise<boolean> => {
    try {
      await request();
      return true;
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Problem)) throw error;
      if (error instanceof Problem && error.status === 401) {
        keep({ ...keptLink(), token: "" });
        setMessage(w.ended);
      }
      return false;
    }
  };
  const open = (token: string): Promise<boolean> =>
    asked(async () => {
      const { data } = await unwrap(client.http.GET("/v1/capture", byLink(token)));
      keep({ ...keptLink(), token, lines: data.crisis_resources });
    });
  const sendAll = async (): Promise<void> => {
    let now = keptLink();
    while (now.token !== "" && now.unsent[0] !== undefined) {
      const [moment] = now.unsent as [Moment];
      const { token } = now;
      const isSent = await asked(async () => {
        try {
          await unwrap(client.http.POST("/v1/captures", { body: moment, ...byLink(token, moment.id) }));
          setMessage(w.kept);
        } catch (error) {
          if (!(error instanceof Problem) || ![409, 422].includes(error.status)) throw error;
          setMessage(error.code === "id-taken" ? w.kept : w.left);
        }
      });
      if (!isSent) return;
      const present = keptLink(); // another may have been written meanwhile
      now = keep({ ...present, unsent: present.unsent.filter((one) => one.id !== moment.id) });
    }
  };
  useEffect(() => {
    if (code === "") return;
    location.replace("#/capture"); // the secret does not stay in the address
    keep({ ...keptLink(), token: code });
    void open(code).then(sendAll);
  }, [code]);
  useEffect(() => {
    const again = (): void => void sendAll();
    addEventListener("online", again);
    const timer = setInterval(again, RETRY_MS);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, []);
  const write = (moment: Omit<Moment, "id" | "captured_at">): void => {
    setMessage("");
    const present = keptLink();
    keep({ ...present, unsent: [...present.unsent, { ...moment, id: newId(), captured_at: new Date().toISOString() }] });
    void sendAll();
  };
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
        {help}
      </>
    );
  }
  const { mood, anxiety, connection } = taps;
  const isTapped = mood != null && anxiety != null && connection != null;
  const isOneWord = /^\S+$/.test(word.trim());
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      <p role="status" class={kept.unsent.length > 0 ? "message" : "instruction"}>{kept.unsent.length > 0 ? w.unsent(kept.unsent.length) : message}</p>
      <section class="card" aria-labelledby="taps">
        <h2 id="taps">{w.mood}</h2>
        {TAPS.map((tap) => {
          const [label, low, high] = t.ratings[tap]!;
          return <Scale key={tap} name={`tap-${tap}`} label={label} low={low} high={high} value={taps[tap]} onChange={(number) => setTaps({ ...taps, [tap]: number })} />;
        })}
        <button type="button" class="primary wide" disabled={!isTapped} onClick={() => { if (isTapped) { write({ mood: { mood, anxiety, connection } }); setTaps({}); } }}>
          {w.keep}
        </button>
      </section>
      <section class="card">
        <div class="field">
          <label for="field-word">{w.word}</label>
          <input id="field-word" dir="auto" maxLength={60} autocomplete="off" value={word} onInput={(event) => setWord(event.currentTarget.value)} />
        </div>
        {word.trim() !== "" && !isOneWord && <p class="hint">{w.oneWord}</p>}
        <button type="button" class="primary wide" disabled={!isOneWord} onClick={() => { write({ word: word.trim() }); setWord(""); }}>
          {w.keep}
        </button>
      </section>
      <section class="card">
        <TextField name="text" label={w.text} rows={3} value={text} onInput={(value) => setText(value.slice(0, MAX_TEXT))} />
        <button type="button" class="primary wide" disabled={text.trim() === ""} onClick={() => { write({ text: text.trim() }); setText(""); }}>
          {w.keep}
        </button>
      </section>
      {help}
      <SureButton label={w.end} question={w.endSure} yes={w.end} onSure={() => { keepLink(NO_LINK); setKept(NO_LINK); setMessage(""); }} />
    </>
  );
}
