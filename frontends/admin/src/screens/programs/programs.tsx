/** Programs of the clinic, and what each may do. */
import { useState } from "preact/hooks";
import { Ask, chosen, type Field, type Values } from "../../../../shared/office/ask.js";
import { Alert, SureButton } from "../../../../shared/office/basics.js";
import { useAct, useLoaded } from "../../../../shared/office/hooks.js";
import { momentOf, spoken } from "../../../../shared/office/messages.js";
import { withProof } from "../../../../shared/office/proof.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { ACTIONS, addProgram, changeProgram, FHIR, KINDS, readPrograms, rotateProgram, type Program, type Scope } from "../../core/programs.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/programs.js";
import { Once, type ShownOnce } from "../../parts/once.js";

const w = spoken({ en });

/** The scopes that a program has of one kind, as a form holds them. */
const of = (scopes: readonly string[], start: string): string => scopes.filter((one) => one.startsWith(start)).join(" ");
const actionsOf = (scopes: readonly string[]): string => scopes.filter((one) => (ACTIONS as readonly string[]).includes(one)).join(" ");

const fields = (program: Program | null): Field[] => [
  { name: "name", label: w.name, value: program?.name ?? "" },
  { name: "actions", label: w.actions, type: "many", options: ACTIONS.map((one) => [one, plain(one)]), value: actionsOf(program?.scopes ?? []) },
  { name: "kinds", label: w.kinds, hint: w.kindsHint, type: "many", options: KINDS.map((one) => [`changes:${one}`, plain(one)]), value: of(program?.scopes ?? [], "changes:") },
  { name: "fhir", label: w.fhir, hint: w.fhirHint, type: "many", options: FHIR.map((one) => [`system/${one}.rs`, one]), value: of(program?.scopes ?? [], "system/") },
];

const namesOf = (scopes: readonly string[], start: string): string => chosen(of(scopes, start)).map((one) => plain(one.slice(start.length).replace(".rs", ""))).join(", ");
const scopesOf = ({ actions, kinds, fhir }: Values): Scope[] => [actions, kinds, fhir].flatMap(chosen) as Scope[];

function One({ program, put, show }: { program: Program; put: (changed: Program) => void; show: (shown: ShownOnce) => void }) {
  const { isBusy, message, act } = useAct();
  const change = async (body: Parameters<typeof changeProgram>[1]): Promise<void> => put(await changeProgram(program, body));
  const rotate = async (): Promise<void> => {
    const { client_secret, ...changed } = await withProof(() => rotateProgram(program));
    put(changed);
    show({ title: w.secret, lead: w.secretLead(program.id), secret: client_secret });
  };
  return (
    <section class="card">
      <div class="heading">
        <h2 dir="auto">{program.name}</h2>
        <span class={program.state === "active" ? "hint" : "tag bad"}>{w.state[program.state]}</span>
      </div>
      <Facts
        facts={[
          [w.actions, actionsOf(program.scopes).split(" ").filter(Boolean).map(plain).join(", ")],
          [w.kinds, namesOf(program.scopes, "changes:")],
          [w.fhir, namesOf(program.scopes, "system/")],
        ]}
      />
      {program.previous_secret_ends_at && <p class="hint">{w.both(momentOf(program.previous_secret_ends_at))}</p>}
      <div class="row">
        <Ask label={w.change} title={w.changeOf(program.name)} send={w.changeGo} fields={fields(program)} onSend={(values) => change({ name: values["name"] ?? "", scopes: scopesOf(values) })} />
        <SureButton label={w.rotate} title={w.rotateOf(program.name)} question={w.rotateSure} yes={w.rotate} onSure={() => void act(rotate)} />
        {program.state === "active" ? (
          <SureButton label={w.disable} title={w.disableOf(program.name)} question={w.disableSure} yes={w.disable} onSure={() => void act(() => withProof(() => change({ state: "disabled" })))} />
        ) : (
          <button type="button" class="quiet" disabled={isBusy} aria-label={w.enableOf(program.name)} onClick={() => void act(() => withProof(() => change({ state: "active" })))}>
            {w.enable}
          </button>
        )}
      </div>
      <Alert message={message} />
    </section>
  );
}

export function Programs() {
  const loaded = useLoaded("programs", readPrograms);
  const [shown, setShown] = useState<ShownOnce | null>(null);
  const put = (changed: Program): void => loaded.set((present) => present.map((one) => (one.id === changed.id ? changed : one)));
  const add = async (values: Values, id: string): Promise<void> => {
    const { client_secret, ...made } = await addProgram({ id, name: values["name"] ?? "", scopes: scopesOf(values) });
    loaded.set((present) => [made, ...present]);
    setShown({ title: w.secret, lead: w.secretLead(made.id), secret: client_secret });
  };
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} back={<a href="#/programs">{w.back}</a>} tools={<Ask label={w.add} kind="primary" send={w.addGo} fields={fields(null)} onSend={add} />}>
      {(programs) => (
        <>
          {programs.length === 0 && <p class="card empty">{w.none}</p>}
          {programs.map((one) => <One key={one.id} program={one} put={put} show={setShown} />)}
          <Once shown={shown} onClose={() => setShown(null)} />
        </>
      )}
    </Room>
  );
}
