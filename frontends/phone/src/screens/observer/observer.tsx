/** For the person beside a patient at home: one form, what to do if it is alarming, and nothing of the chart. */
import { Client, newId, NoAnswer, Problem, unwrap, type components } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { t, timeOf } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { Choice, Scale, SureButton, Title } from "../../parts/basics.js";
import { CrisisLine, dialled } from "../../parts/crisis.js";

type Schemas = components["schemas"];
type Check = Schemas["ObserverCheckCreate"];
type LinkEvent = Schemas["LinkEventCreate"];
type Answer = Schemas["ObserverAnswer"];
const w = r.observer;
const STORE = "journal-observer";
const RETRY_MS = 15_000;
const client = new Client({ patience: { retries: 0, timeoutMs: 10_000 } });

/** What this tab keeps, also over a reload. It goes with the tab: it is somebody else's health. */
interface Kept {
  token: string;
  unsent: Check[];
  links: LinkEvent[];
  answer: Answer | null;
}
const NOTHING: Kept = { token: "", unsent: [], links: [], answer: null };
const found = (): Kept => JSON.parse(sessionStorage.getItem(STORE) ?? "null") ?? NOTHING;
const link = (change: LinkEvent["change"], at = new Date().toISOString()): LinkEvent => ({ id: newId(), at, link: "observer", change });

type Form = Partial<Omit<Check, "pulse" | "spo2">> & { pulse?: string; spo2?: string };

const measured = (text: string | undefined): number | null => (text && /^\d{2,3}$/.test(text.trim()) ? Number(text) : null);

/** What to do now, as the API says it, and whom to call. */
function Danger({ answer, isAlarming }: { answer: Answer | null; isAlarming: boolean }) {
  const { safety } = useJournal();
  const card = answer?.card ?? null;
  const lines = answer?.crisis_resources.length ? answer.crisis_resources : safety.lines;
  const call = card?.medical_on_call;
  return (
    <section class="card crisis" aria-live="assertive" aria-labelledby="danger">
      <h2 id="danger">{w.danger}</h2>
      {isAlarming && card && <p class="instruction">{card.text}</p>}
      {card?.local_emergency_number && (
        <a class="button call" href={`tel:${dialled(card.local_emergency_number)}`}>
          {w.call(w.emergency)} <strong>{card.local_emergency_number}</strong>
        </a>
      )}
      {card?.emergency_address && (
        <p>
          {w.address} <strong dir="auto">{card.emergency_address}</strong>
        </p>
      )}
      {call && (
        <a class="button wide" href={`tel:${dialled(call.phone)}`}>
          {w.call(call.name)} <strong>{call.phone}</strong>
        </a>
      )}
      {!card && (
        <ul class="plain">
          {lines.filter((line) => line.kind === "emergency").map((line) => (
            <CrisisLine key={line.contact} line={line} />
          ))}
        </ul>
      )}
    </section>
  );
}

export function ObserverScreen() {
  const [kept, setKept] = useState<Kept>(found);
  const [code, setCode] = useState("");
  const [form, setForm] = useState<Form>({});
  const [message, setMessage] = useState("");
  const keep = (next: Kept): Kept => {
    sessionStorage.setItem(STORE, JSON.stringify(next));
    setKept(next);
    return next;
  };
  const send = async (now: Kept): Promise<void> => {
    const { token, unsent, links } = now;
    setMessage("");
    try {
      const { data: answer } = await unwrap(client.http.POST("/v1/observer-checks", { body: { token, checks: unsent, link_events: links } }));
      const later = new Set([...answer.checks, ...answer.link_events].filter((one) => one.outcome === "later").map((one) => one.id));
      const isLeft = [...answer.checks].some((one) => one.outcome === "unread" || one.outcome === "differs");
      const present = found(); // another check may have been written meanwhile
      const sent = new Set([...unsent, ...links].map((one) => one.id).filter((id) => !later.has(id)));
      keep({ token, answer, unsent: present.unsent.filter((one) => !sent.has(one.id)), links: present.links.filter((one) => !sent.has(one.id)) });
      const last = unsent.at(-1);
      setMessage(isLeft ? w.left : last ? w.sent(timeOf(last.taken_at)) : "");
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        keep({ ...NOTHING, unsent });
        return setMessage(w.ended);
      }
      if (!(error instanceof NoAnswer || error instanceof Problem)) throw error;
      const present = found();
      const isLost = present.links.at(-1)?.change === "lost";
      keep({ ...present, token, links: isLost || present.answer === null ? present.links : [...present.links, link("lost")] });
    }
  };
  const again = (): void => {
    const now = found();
    const isLost = now.links.at(-1)?.change === "lost";
    if (now.token && (now.unsent.length > 0 || isLost)) void send(isLost ? { ...now, links: [...now.links, link("restored")] } : now);
  };
  useEffect(() => {
    addEventListener("online", again);
    const timer = setInterval(again, RETRY_MS);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, []);
  if (kept.token === "") {
    return (
      <>
        <Title>{w.title}</Title>
        <p>{w.lead}</p>
        <form onSubmit={(event) => { event.preventDefault(); void send({ ...kept, token: code.trim(), links: [link("connected")] }); }}>
          <div class="field">
            <label for="code">{w.code}</label>
            <input id="code" autocomplete="off" autocapitalize="off" spellcheck={false} dir="ltr" required value={code} onInput={(event) => setCode(event.currentTarget.value)} />
          </div>
          <p role="alert" class="message">{message}</p>
          <button type="submit" class="primary wide">
            {w.go}
          </button>
        </form>
        <Danger answer={null} isAlarming={false} />
      </>
    );
  }
  const { answer, unsent } = kept;
  const isWhole = form.responds && form.breathing && form.colour && form.position && form.vomiting !== undefined;
  const check = (): void => {
    const { responds, breathing, colour, position, vomiting } = form;
    if (!responds || !breathing || !colour || !position || vomiting === undefined) return;
    const made: Check = { id: newId(), taken_at: new Date().toISOString(), responds, breathing, colour, position, vomiting, distress: form.distress ?? null, pulse: measured(form.pulse), spo2: measured(form.spo2), source: form.pulse || form.spo2 ? "device" : "observer" };
    setForm({});
    scrollTo(0, 0);
    void send(keep({ ...kept, unsent: [...unsent, made] }));
  };
  const due = answer?.next_check_at ? new Date(answer.next_check_at) : null;
  const number = (name: "pulse" | "spo2", label: string) => (
    <div class="field">
      <label for={name}>{label}</label>
      <input id={name} inputMode="numeric" value={form[name] ?? ""} onInput={(event) => setForm({ ...form, [name]: event.currentTarget.value })} />
    </div>
  );
  return (
    <>
      <Title>{w.title}</Title>
      {answer?.is_alarming && <Danger answer={answer} isAlarming />}
      <p role="status" class={unsent.length > 0 ? "message" : ""}>{unsent.length > 0 ? w.unsent(unsent.length) : message}</p>
      <p class="instruction">{due === null ? w.waits : due.getTime() > Date.now() ? w.next(timeOf(due)) : w.now}</p>
      <Choice name="responds" label={w.responds} options={w.respondsWords} value={form.responds} onChange={(responds) => setForm({ ...form, responds })} />
      <Choice name="breathing" label={w.breathing} options={w.breathingWords} value={form.breathing} onChange={(breathing) => setForm({ ...form, breathing })} />
      <Choice name="colour" label={w.colour} options={w.colourWords} value={form.colour} onChange={(colour) => setForm({ ...form, colour })} />
      <Choice name="vomiting" label={w.vomiting} options={{ no: w.no, yes: w.yes }} value={form.vomiting === undefined ? null : form.vomiting ? "yes" : "no"} onChange={(vomiting) => setForm({ ...form, vomiting: vomiting === "yes" })} />
      <Choice name="position" label={w.position} options={w.positionWords} value={form.position} onChange={(position) => setForm({ ...form, position })} />
      <Scale name="distress" label={w.distress} low={w.none} high={w.most} value={form.distress} onChange={(distress) => setForm({ ...form, distress })} />
      {number("pulse", w.pulse)}
      {number("spo2", w.oxygen)}
      <button type="button" class="primary wide" disabled={!isWhole} onClick={check}>
        {w.send}
      </button>
      {!answer?.is_alarming && <Danger answer={answer} isAlarming={false} />}
      <SureButton label={w.end} question={w.endSure} yes={w.end} onSure={() => { sessionStorage.removeItem(STORE); setKept(NOTHING); setMessage(""); }} />
      <p>
        <a href="#/">{t.back}</a>
      </p>
    </>
  );
}
