/** After the dose: adverse events, the discharge, the REMS form, and the link by which the patient writes without a sign-in. */
import { useState } from "preact/hooks";
import { useAct } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import { addEvent, endLink, fillForm, issueLink, leave, override, reviewEvent, sendForm } from "../../core/recording.js";
import type { AdverseEvent, RemsForm } from "../../core/types.js";
import { en as dosingEn } from "../../messages/en/dosing.js";
import { en } from "../../messages/en/recording.js";
import { amountOf, dayOf, momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, chosen, type Field, type Values } from "../../parts/ask.js";
import { Alert, SureButton } from "../../parts/basics.js";
import { instant, isClinician, picks, type Acts } from "./giving.js";

const w = spoken({ en });
const d = spoken({ en: dosingEn });

const KINDS = [
  "dissociation", "sedation", "dizziness", "nausea", "vomiting", "headache", "anxiety", "blood_pressure_rise", "tachycardia", "respiratory_depression", "loss_of_consciousness", "emergence_agitation",
  "confusion", "vertigo", "blurred_vision", "dysarthria", "hypoaesthesia", "injection_site_reaction", "laryngospasm", "urinary_symptoms", "psychotic_symptoms", "mania", "suicidality", "derealisation",
  "craving", "fall", "aspiration", "allergic_reaction", "anaphylaxis", "liver", "cognition", "hospital_transfer", "chest_pain", "breathlessness", "worst_headache", "focal_sign", "other",
];

export function AddEvent({ found, reload }: Acts) {
  const fields = (): Field[] => [
    { name: "kind", label: w.kind, options: picks(KINDS) },
    { name: "onset", label: w.onset, type: "instant", value: instant() },
    { name: "severity", label: w.severity, options: picks(["mild", "moderate", "severe", "life_threatening", "fatal"]) },
    { name: "serious", label: w.serious, type: "many", options: picks(["death", "life_threatening", "hospitalisation", "disability", "congenital_anomaly", "other_important"]) },
    { name: "relatedness", label: w.relatedness, options: picks(["probable", "possible", "definite", "unlikely", "unrelated"]) },
    { name: "outcome", label: w.outcome, options: picks(["unknown", "recovered", "recovering", "not_recovered", "sequelae", "fatal"]) },
    { name: "text", label: w.course, type: "area", isOptional: true },
    { name: "treatment", label: w.treatment, isOptional: true },
    { name: "action", label: w.action, isOptional: true },
  ];
  const send = async ({ kind, severity, relatedness, outcome, ...values }: Values, id: string): Promise<void> => {
    const words = { text: values["text"] || null, treatment: values["treatment"] || null, action: values["action"] || null };
    await addEvent(found, { id, kind, severity, relatedness, outcome, ...words, onset_at: values["onset"], serious_because: chosen(values["serious"]) } as never);
    await reload();
  };
  return <Ask label={w.addEvent} kind="small" send={w.keep} fields={fields} onSend={send} />;
}

export function ReviewEvent({ event, reload }: { event: AdverseEvent; reload: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  return (
    <>
      <button type="button" class="small" disabled={isBusy} onClick={() => void act(async () => { await withProof(() => reviewEvent(event)); await reload(); })}>
        {w.review}
      </button>
      <Alert message={message} />
    </>
  );
}

const LEAVES = ["awake", "oriented", "dissociation_resolved", "pressure_acceptable", "oxygen_acceptable", "walks_unaided", "no_vomiting", "comfortable", "screened_for_suicide", "escorted", "told_not_to_drive", "instructed"];

/** The checklist of leaving; and its end by a prescriber although something is missing. */
export function WriteDischarge({ found, roles, reload }: Acts) {
  const { discharge } = found;
  const options = LEAVES.map((item): [string, string] => [item, d.leave[item] ?? plain(item)]);
  const fields: Field[] = [
    { name: "met", label: w.met, type: "many", options, value: discharge.met.join(" ") },
    { name: "left", label: w.leftAt, type: "instant", isOptional: true, value: discharge.discharged_at ?? "" },
    { name: "note", label: w.note, type: "area", isOptional: true, value: discharge.note ?? "" },
  ];
  const send = async (values: Values): Promise<void> => {
    const scores = { aldrete_score: discharge.aldrete_score, padss_score: discharge.padss_score };
    await leave(found, discharge, { met: chosen(values["met"]) as never, discharged_at: values["left"] || null, note: values["note"] || null, ...scores });
    await reload();
  };
  return (
    <div class="row">
      {isClinician(roles) && <Ask label={w.goHome} kind="small" send={w.keep} fields={fields} onSend={send} />}
      {roles.includes("prescriber") && discharge.blocking.length > 0 && discharge.overridden_at === null && found.doses.length > 0 && (
        <Ask label={w.override} kind="small quiet" send={w.override} lead={w.overrideLead} fields={[{ name: "reason", label: w.reason, type: "area" }]} onSend={async ({ reason = "" }) => { await override(found, discharge, reason); await reload(); }} />
      )}
    </div>
  );
}

const ASKED = ["patient_enrolled", "setting_enrolled", "acceptable_before", "acceptable_at_end", "sedation", "dissociation", "respiratory_depression"] as const;
const CONCOMITANT = ["benzodiazepine", "non_benzodiazepine_hypnotic", "psychostimulant", "maoi", "opioid"];

const yesNo = (answer: boolean | null): string => (answer === null ? "" : answer ? "yes" : "no");

/** The answers that the record does not give, and when the form was sent. */
export function WriteForm({ found, reload, form }: Acts & { form: RemsForm }) {
  const labels: Record<string, string> = { patient_enrolled: w.patientEnrolled, setting_enrolled: w.settingEnrolled };
  const fields: Field[] = [
    ...ASKED.map((name): Field => ({ name, label: labels[name] ?? d.remsField[name] ?? plain(name), options: w.formYes, value: yesNo(form[name]) })),
    { name: "known", label: w.concomitantKnown, type: "check", value: form.concomitant === null ? "" : "yes" },
    { name: "concomitant", label: w.concomitant, type: "many", options: picks(CONCOMITANT), value: (form.concomitant ?? []).join(" "), isFor: (values) => values["known"] === "yes" },
  ];
  const send = async (values: Values): Promise<void> => {
    const answers = Object.fromEntries(ASKED.map((name) => [name, values[name] ? values[name] === "yes" : null]));
    await fillForm(found, form, { ...answers, concomitant: values["known"] === "yes" ? chosen(values["concomitant"]) : null } as never);
    await reload();
  };
  return (
    <div class="row">
      <Ask label={w.fillForm} kind="small" send={w.keep} lead={w.formLead} fields={fields} onSend={send} />
      {form.missing.length === 0 && form.state !== "confirmed" && (
        <Ask label={w.sendForm} kind="small" send={w.sendForm} lead={w.sendLead} fields={[{ name: "confirmation", label: w.confirmation, isOptional: true }]} onSend={async ({ confirmation = "" }) => { await sendForm(found, form, confirmation); await reload(); }} />
      )}
    </div>
  );
}

/** The link by which the patient writes after a dose. Its secret is shown once, and kept nowhere. */
export function WritingLink({ found, roles, reload }: Acts) {
  const [address, setAddress] = useState("");
  const { message, act } = useAct();
  const { link } = found;
  const isThere = link !== null && link.revoked_at === null && new Date(link.expires_at).getTime() > Date.now();
  const make = async (): Promise<void> => {
    const { data } = await issueLink(found);
    setAddress(`${location.origin}${data.path}`);
    await reload();
  };
  const stop = (): Promise<void> =>
    act(async () => {
      await withProof(() => endLink(found));
      setAddress("");
      await reload();
    });
  return (
    <section class="card">
      <h2>{w.link}</h2>
      <p class="hint">{w.linkLead}</p>
      <p role="status">{isThere ? w.linkUntil(momentOf(link.expires_at)) : found.doses.length > 0 ? w.noLink : w.linkNeedsDose}</p>
      {address && (
        <div class="shown">
          <p>{w.linkShown}</p>
          <code data-link>{address}</code>
        </div>
      )}
      {isClinician(roles) && (
        <div class="row">
          {found.doses.length > 0 && <Ask label={isThere ? w.newLink : w.makeLink} kind="small" send={w.linkGo} lead={w.linkAsk} fields={[]} onSend={make} />}
          {isThere && <SureButton label={w.endLink} question={w.endLinkSure} yes={w.endLink} onSure={() => void stop()} />}
        </div>
      )}
      <Alert message={message} />
    </section>
  );
}

/** The latest score of each questionnaire, and the one before it: what the dose brief tells of them. */
export function Scores({ found }: { found: Acts["found"] }) {
  const { scores } = found.brief;
  return (
    <section class="card">
      <h2>{w.scores}</h2>
      {scores.length === 0 && <p class="hint">{w.noScores}</p>}
      <ul class="plain facts">
        {scores.map((one) => (
          <li key={`${one.instrument_id} ${one.score_id}`}>
            <span>{w.scoreOf(one.instrument_id.toUpperCase().replaceAll("_", "-"), plain(one.score_id).toLowerCase())}</span>{" "}
            <strong>{amountOf(one.value)}{one.max_possible !== null && ` / ${one.max_possible}`}</strong>
            <span class="hint">{dayOf(one.answered_at)}</span>
            {one.value_before !== null && one.answered_before_at && <span class="hint">{w.before(amountOf(one.value_before), dayOf(one.answered_before_at))}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
