/** Before and at the dose: answers to the readiness check, holds, the therapist's decision, orders, doses and readings. */
import { useRef } from "preact/hooks";
import type { DosingSession } from "../../core/dosing.js";
import { answer, begin, decide, end, give, order, play, release, Round, withdrawDose, withdrawOrder } from "../../core/recording.js";
import { NotSent, useAct } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import type { Dose, DoseHold, Order, ReadinessItem } from "../../core/types.js";
import { en as doseEn } from "../../messages/en/dose.js";
import { en as dosingEn } from "../../messages/en/dosing.js";
import { en } from "../../messages/en/recording.js";
import { spoken, timeOf } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, chosen, type Field, type Values } from "../../parts/ask.js";
import { Alert } from "../../parts/basics.js";

const w = spoken({ en });
const d = spoken({ en: dosingEn });
const { route } = spoken({ en: doseEn });

export interface Acts {
  found: DosingSession;
  roles: readonly string[];
  reload: () => Promise<void>;
}

export const isLasting = ({ session }: DosingSession): boolean => session.state === "planned" || session.state === "in_progress";
export const isClinician = (roles: readonly string[]): boolean => roles.includes("therapist") || roles.includes("prescriber");
export const picks = (names: readonly string[]): [string, string][] => names.map((name) => [name, plain(name)]);
export const instant = (at = Date.now()): string => new Date(at).toISOString();
export const numberOf = (text: string | undefined): number | null => (text ? Number(text) : null);

const ROUTES = Object.entries(route);
const SUBSTANCES = ["none", "benzodiazepine", "opioid", "alcohol", "other_depressant", "stimulant", "maoi", "cannabis", "other"];
const PREGNANCY = ["not_applicable", "test_negative", "possible", "confirmed", "breastfeeding", "declined"];

/** What an answer may say beside its status, by item; `weight_kg` and the like are the API's own names. */
const DETAILS: Record<string, Field[]> = {
  "rd.fasting": [
    { name: "food_at", label: w.foodAt, type: "instant", isOptional: true },
    { name: "fluids_at", label: w.fluidsAt, type: "instant", isOptional: true },
  ],
  "rd.escort": [
    { name: "confirmed", label: w.confirmed, type: "check" },
    { name: "name", label: w.name, isOptional: true },
    { name: "phone", label: w.phone, isOptional: true },
  ],
  "rd.medicines": [{ name: "reviewed_by", label: w.reviewedBy, isOptional: true }],
  "rd.substances_24h": [{ name: "substances", label: w.substances, type: "many", options: picks(SUBSTANCES) }],
  "rd.pregnancy": [{ name: "pregnancy", label: w.pregnancy, options: picks(PREGNANCY) }],
  "rd.weight": [
    { name: "weight_kg", label: w.weightKg, type: "number", isOptional: true },
    { name: "measured_on", label: w.measuredOn, type: "date", isOptional: true },
  ],
  "rd.observer": [
    { name: "name", label: w.name, isOptional: true },
    { name: "phone", label: w.phone, isOptional: true },
  ],
};
const ALWAYS = ["rd.medicines", "rd.substances_24h", "rd.vitals", "rd.screen", "rd.clearance", "rd.consent"];

function detailOf(name: string, value: string): unknown {
  if (value === "" && name !== "confirmed") return null;
  if (name === "confirmed") return value === "yes";
  if (name === "substances") return chosen(value);
  return name === "weight_kg" ? Number(value) : value;
}

/** Return what was answered before, as a field holds it. */
function saidBefore(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "";
  return Array.isArray(value) ? value.join(" ") : String(value ?? "");
}

/** Answer one item of the readiness check. The API replaces an answer whole, so the form begins with the one before. */
export function AnswerItem({ name, words, found, reload }: Acts & { name: string; words: string }) {
  const item = found.readiness.items[name] as ReadinessItem;
  const details = (DETAILS[name] ?? []).map((field) => (item.answered_at === null ? field : { ...field, value: saidBefore(item[field.name as keyof ReadinessItem]) }));
  const statuses = w.statuses.filter(([status]) => status !== "not_applicable" || !ALWAYS.includes(name));
  const isAddress = name === "rd.emergency_address";
  const fields: Field[] = [
    // What is said of pregnancy decides the status by itself.
    ...(name === "rd.pregnancy" ? [] : [{ name: "status", label: w.status, options: statuses, value: item.answered_at === null ? "met" : item.status }]),
    ...details,
    { name: "note", label: isAddress ? w.addressNote : w.note, isOptional: true, value: item.note ?? "" },
  ];
  const send = async ({ status, note, ...values }: Values): Promise<void> => {
    const said = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, detailOf(key, value)]));
    const byPregnancy = said["pregnancy"] === "not_applicable" ? "not_applicable" : said["pregnancy"] === "test_negative" ? "met" : "not_met";
    await answer(found, { items: { [name]: { status: status ?? byPregnancy, ...said, note: note || null } } } as never);
    await reload();
  };
  return <Ask label={w.answer} title={w.answerTo(words)} kind="small quiet" send={w.keep} fields={fields} onSend={send} />;
}

/** Answer every line of the contraindication checklist at once. */
export function Checklist({ found, reload }: Acts) {
  const codes = Object.keys(found.readiness.contraindications);
  const present = codes.filter((code) => found.readiness.contraindications[code]?.status === "present");
  const options = codes.map((code): [string, string] => [code, d.contraindication[code] ?? plain(code)]);
  const send = async ({ present: ticked }: Values): Promise<void> => {
    const has = chosen(ticked);
    const contraindications = Object.fromEntries(codes.map((code) => [code, { status: has.includes(code) ? "present" : "absent" }]));
    await answer(found, { contraindications } as never);
    await reload();
  };
  return <Ask label={w.checklist} kind="small" send={w.checklistGo} lead={w.allOthers} fields={[{ name: "present", label: w.presentNow, type: "many", options, value: present.join(" ") }]} onSend={send} />;
}

/** Let a dose start although something is not met. */
export function Release({ hold, words, reload }: { hold: DoseHold; words: string; reload: () => Promise<void> }) {
  return <Ask label={w.release} title={w.releaseOf(words)} kind="small" send={w.release} lead={w.releaseLead} fields={[{ name: "reason", label: w.reason, type: "area" }]} onSend={async ({ reason = "" }) => { await release(hold, reason); await reload(); }} />;
}

const REASONS = [
  "suicidality", "psychotic_symptoms", "manic_symptoms", "substance_use", "sleep_loss", "medical_concern", "medicine_change", "reaction_to_last_dose", "dissociation_between_sessions",
  "acute_stress", "unsafe_at_home", "no_support", "not_prepared", "integration_missed", "consent_in_doubt", "relationship_strained", "asked_by_patient",
];

/** The therapist's go, concern or hold, without prose. */
export function Decision({ found, roles, reload }: Acts) {
  const { decision, reasons } = found.assessment;
  const fields: Field[] = [
    { name: "decision", label: w.decision, options: w.decisions, value: decision ?? "go" },
    { name: "reasons", label: w.reasons, type: "many", options: picks(REASONS), value: reasons.join(" "), isFor: (values) => values["decision"] !== "go" },
  ];
  return (
    <section class="card">
      <h2>{w.decision}</h2>
      <p class={decision === "hold" ? "late" : "lead"}>{decision ? (w.decided[decision] ?? plain(decision)) : w.noDecision}</p>
      {reasons.length > 0 && <p>{reasons.map((one) => plain(one).toLowerCase()).join(", ")}</p>}
      {roles.includes("therapist") && isLasting(found) && (
        <Ask label={w.decide} title={w.decision} kind="small" send={w.keep} fields={fields} onSend={async (values) => { await decide(found, { decision: values["decision"] as "go", reasons: chosen(values["reasons"]) as never }); await reload(); }} />
      )}
    </section>
  );
}

/** A prescriber's order for the chart, and the end of one. */
export function NewOrder({ found, reload }: Acts) {
  const fields = (): Field[] => [
    { name: "route", label: w.route, options: ROUTES },
    { name: "least", label: w.least, type: "number" },
    { name: "most", label: w.most, type: "number" },
    { name: "unit", label: w.unit, options: [["mg", "mg"], ["mg/kg", "mg/kg"]] },
    { name: "sessions", label: w.sessions, type: "number", value: "6" },
    { name: "until", label: w.validUntil, type: "instant", value: instant(Date.now() + 90 * 86_400_000) },
  ];
  const send = async (values: Values, id: string): Promise<void> => {
    const period = { valid_from: new Date().toISOString(), valid_until: values["until"] ?? "" };
    const amounts = { amount_min: Number(values["least"]), amount_max: Number(values["most"]), unit: values["unit"] as "mg" };
    await order({ id, patient_id: found.session.patient_id, route: values["route"] as "im", ...amounts, sessions_authorised: Number(values["sessions"]), ...period });
    await reload();
  };
  return <Ask label={w.newOrder} kind="small" send={w.keep} fields={fields} onSend={send} />;
}

export function EndOrder({ found, reload }: { found: Order; reload: () => Promise<void> }) {
  return <Ask label={w.withdraw} title={w.withdrawOrder} kind="small quiet" send={w.withdraw} fields={[{ name: "reason", label: w.reason }]} onSend={async ({ reason = "" }) => { await withdrawOrder(found, reason); await reload(); }} />;
}

/** A dose as it was given. */
export function GiveDose({ found, reload }: Acts) {
  const usable = found.orders.filter((one) => one.state === "active");
  const by = (values: Values): Order | undefined => usable.find((one) => one.id === values["order"]);
  const fields = (): Field[] => [
    { name: "at", label: w.givenAt, type: "instant", value: instant() },
    { name: "order", label: w.byOrder, options: [...usable.map((one): [string, string] => [one.id, `${one.amount_min}–${one.amount_max} ${one.unit}, ${route[one.route] ?? plain(one.route)}`]), ["", w.noOrder]] },
    { name: "route", label: w.route, options: ROUTES, value: (values) => by(values)?.route ?? "im", follows: "order" },
    { name: "kind", label: w.kind, options: picks(["initial", "booster", "second_device"]), value: found.doses.length > 0 ? "booster" : "initial" },
    { name: "amount", label: w.amount, type: "number" },
    { name: "unit", label: w.unit, options: [["mg", "mg"], ["mg/kg", "mg/kg"]], value: (values) => by(values)?.unit ?? "mg", follows: "order" },
    { name: "weight", label: w.weightKg, type: "number", isOptional: true },
    { name: "minutes", label: w.minutes, type: "number", isFor: (values) => values["route"] === "iv_infusion" },
    { name: "devices", label: w.devices, type: "number", isFor: (values) => values["route"] === "intranasal_esketamine" },
    { name: "lot", label: w.lot, isOptional: true },
    { name: "held", label: w.wasHeld, type: "check" },
  ];
  const send = async (values: Values, id: string): Promise<void> => {
    const more = { weight_kg: numberOf(values["weight"]), infusion_minutes: numberOf(values["minutes"]), devices: numberOf(values["devices"]), lot: values["lot"] || null };
    const facts = { route: values["route"] as "im", kind: values["kind"] as "initial", amount: Number(values["amount"]), unit: values["unit"] as "mg" };
    await give(found, { id, ...facts, ...more, order_id: values["order"] || null, given_at: values["at"] || null, given_while_held: values["held"] === "yes" });
    await reload();
  };
  return <Ask label={w.giveDose} kind="small primary" send={w.keep} fields={fields} onSend={send} />;
}

export function EndDose({ dose, reload }: { dose: Dose; reload: () => Promise<void> }) {
  return <Ask label={w.withdraw} title={w.withdrawDose} kind="small quiet" send={w.withdraw} fields={[{ name: "reason", label: w.reason }]} onSend={async ({ reason = "" }) => { await withdrawDose(dose, reason); await reload(); }} />;
}

/** One look at the patient: what was measured and seen at one time. */
export function AddReadings({ found, reload }: Acts) {
  const round = useRef(new Round());
  const number = (name: string, label: string): Field => ({ name, label, type: "number", isOptional: true });
  const fields = (): Field[] => [
    { name: "at", label: w.taken, type: "instant", value: instant() },
    number("systolic", w.systolic),
    number("diastolic", w.diastolic),
    number("heart_rate", w.heartRate),
    number("spo2", w.spo2),
    number("moaas", w.moaas),
    { name: "observation", label: w.seen, type: "area", isOptional: true },
  ];
  const send = async (values: Values): Promise<void> => {
    const value = (name: string) => (values[name] ? [{ field: name as "spo2", value: Number(values[name]) }] : []);
    if (Boolean(values["systolic"]) !== Boolean(values["diastolic"])) throw new NotSent(w.halfPressure);
    const pressure = values["systolic"] ? [{ field: "blood_pressure" as const, value: Number(values["systolic"]), diastolic: numberOf(values["diastolic"]) }] : [];
    const seen = values["observation"] ? [{ field: "observation" as const, text: values["observation"] }] : [];
    await round.current.send(found, values["at"] || instant(), [...pressure, ...value("heart_rate"), ...value("spo2"), ...value("moaas"), ...seen]);
    await reload();
  };
  return <Ask label={w.addReadings} kind="small" send={w.keep} fields={fields} onSend={send} />;
}

const CHANGES = ["started", "stopped", "skipped", "volume", "silence"];
const WHO: [string, string][] = [["", w.nobodySaid], ...picks(["patient", "therapist", "service"])];

/** The music as it went. */
export function Music({ found, roles, reload }: Acts) {
  const events = found.session.set_and_setting?.music_events ?? [];
  const fields: Field[] = [
    { name: "change", label: w.musicChange, options: picks(CHANGES) },
    { name: "playlist", label: w.playlist, isOptional: true },
    { name: "title", label: w.piece, isOptional: true },
    { name: "chosen", label: w.chosenBy, options: WHO },
    { name: "asked", label: w.askedBy, options: WHO },
  ];
  const send = async (values: Values): Promise<void> => {
    const who = { chosen_by: values["chosen"] || null, asked_by: values["asked"] || null };
    await play(found, { at: new Date().toISOString(), change: values["change"], playlist: values["playlist"] || null, title: values["title"] || null, ...who } as never);
    await reload();
  };
  return (
    <section class="card">
      <h2>{w.music}</h2>
      {events.length === 0 && <p class="hint">{w.noMusic}</p>}
      <ul class="plain facts">
        {events.map((one, number) => (
          <li key={number}>
            <time dateTime={one.at}>{timeOf(one.at)}</time> <strong>{plain(one.change)}</strong>
            <span dir="auto">{[one.playlist, one.title].filter(Boolean).join(" · ")}</span>
            {one.chosen_by && <span class="hint">{w.chosen(plain(one.chosen_by).toLowerCase())}</span>}
            {one.asked_by && <span class="hint">{w.asked(plain(one.asked_by).toLowerCase())}</span>}
          </li>
        ))}
      </ul>
      {isClinician(roles) && isLasting(found) && <Ask label={w.addMusic} kind="small" send={w.keep} fields={fields} onSend={send} />}
    </section>
  );
}

/** Begin and end the session itself. */
export function Steps({ found, reload }: Acts) {
  const { isBusy, message, act } = useAct();
  const may = (step: string): boolean => found.session.allowed_actions.some((one) => one === step);
  const go = (work: (found: DosingSession) => Promise<unknown>): Promise<void> => act(async () => { await withProof(() => work(found)); await reload(); });
  return (
    <>
      {may("start") && <button type="button" disabled={isBusy} onClick={() => void go(begin)}>{w.begin}</button>}
      {may("complete") && <button type="button" disabled={isBusy} onClick={() => void go(end)}>{w.end}</button>}
      <Alert message={message} />
    </>
  );
}
