/** Who can see a thing and why, and how somebody of another role reads it. */
import { unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { desk } from "../core/desk.js";
import { useAct, useLoaded } from "../core/hooks.js";
import { data } from "../core/things.js";
import type { Viewer } from "../core/types.js";
import { en } from "../messages/en/who-sees.js";
import { dayOf, spoken } from "../messages/index.js";
import { plain, sectionWords } from "../messages/words.js";
import { Alert, Pending, Pick, Words } from "./basics.js";
import { Fold } from "./fold.js";

const w = spoken({ en });
const { http } = desk.client;
type Kind = "note" | "reflection" | "plan" | "goal";
type Role = "patient" | "therapist" | "prescriber" | "supervisor";

interface Seen {
  viewers: Viewer[];
  previewed_for: string | null;
  preview: object | null;
}

function read(kind: Kind, id: string, role?: Role): Promise<Seen> {
  const query = role ? { preview_as: role } : {};
  if (kind === "note") return data(unwrap(http.GET("/v1/notes/{note_id}/visibility", { params: { path: { note_id: id }, query } })));
  if (kind === "reflection") return data(unwrap(http.GET("/v1/reflections/{reflection_id}/visibility", { params: { path: { reflection_id: id }, query } })));
  if (kind === "plan") return data(unwrap(http.GET("/v1/plans/{plan_id}/visibility", { params: { path: { plan_id: id }, query } })));
  return data(unwrap(http.GET("/v1/goals/{goal_id}/visibility", { params: { path: { goal_id: id }, query } })));
}

const nameOf = (viewer: Viewer): string => (viewer.is_you ? w.you : viewer.basis === "own" ? w.patient : (viewer.name ?? ""));

const TEXTS = ["text", "title", "aim", "description", "if_cue", "then_action", "remark"];

/** The texts of a thing, in their order: what a person reads of it. */
function textsIn(thing: unknown, isSections = false): [string, string][] {
  if (Array.isArray(thing)) return thing.flatMap((one) => textsIn(one));
  if (typeof thing !== "object" || thing === null) return [];
  return Object.entries(thing).flatMap(([key, value]) => {
    if (typeof value !== "string") return key === "monitoring" ? [] : textsIn(value, key === "sections" || key === "answers");
    return isSections || TEXTS.includes(key) ? [[key === "text" ? "" : sectionWords(key), value]] : [];
  });
}

function Preview({ kind, id, viewers }: { kind: Kind; id: string; viewers: Viewer[] }) {
  const [role, setRole] = useState<Role>("patient");
  const [seen, setSeen] = useState<Seen | null>(null);
  const { isBusy, message, act } = useAct();
  const show = (): Promise<void> =>
    act(async () => {
      setSeen(await read(kind, id, role));
    });
  const who = viewers.find((viewer) => viewer.account_id === seen?.previewed_for);
  return (
    <form onSubmit={(event) => { event.preventDefault(); void show(); }}>
      <h3>{w.preview}</h3>
      <Pick name={`preview-${kind}`} label={w.as} value={role} onChange={(value) => setRole(value as Role)} options={Object.entries(w.roles)} />
      <p class="hint">{w.hint}</p>
      <button type="submit" disabled={isBusy}>
        {w.show}
      </button>
      <Alert message={message} />
      <div role="status">
        {seen !== null && seen.preview === null && <p>{w.nobody}</p>}
        {seen?.preview && (
          <div class="shown">
            <p class="hint">{w.shownFor(who ? nameOf(who) : (w.roles[role] ?? role))}</p>
            {textsIn(seen.preview).map(([label, text], index) => (
              <div key={index}>
                {label && <strong>{label}</strong>}
                <Words>{text}</Words>
              </div>
            ))}
          </div>
        )}
      </div>
    </form>
  );
}

function Viewers({ kind, id }: { kind: Kind; id: string }) {
  const loaded = useLoaded<Seen>(`visibility ${id}`, () => read(kind, id), (change) => change.id === id || change.change === "opened" || change.change === "closed");
  if (loaded.value === null) return <Pending loaded={loaded} />;
  const { viewers } = loaded.value;
  return (
    <>
      <ul class="plain facts">
        {viewers.map((viewer) => (
          <li key={viewer.account_id}>
            <strong dir="auto">{nameOf(viewer)}</strong>
            <span>{viewer.explanation}</span>
            <span class="hint">{[viewer.basis === "own" ? "" : viewer.roles.map((role) => plain(role)).join(", "), viewer.basis === "emergency" && w.emergency, viewer.ends_at && w.until(dayOf(viewer.ends_at))].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
      </ul>
      <Preview kind={kind} id={id} viewers={viewers} />
    </>
  );
}

export const WhoSees = ({ kind, id }: { kind: Kind; id: string }) => <Fold title={w.title}>{() => <Viewers kind={kind} id={id} />}</Fold>;
