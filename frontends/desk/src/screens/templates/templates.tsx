/** Note templates of the clinic; admins and supervisors write their versions. */
import { useDesk, useAct, useLoaded } from "../../core/hooks.js";
import { readTemplates, retireTemplate } from "../../core/layouts.js";
import type { NoteTemplate } from "../../core/types.js";
import { en } from "../../messages/en/templates.js";
import { dayOf, spoken } from "../../messages/index.js";
import { Alert, SureButton } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { TemplateForm } from "./form.js";

const w = spoken({ en });

function Sections({ template }: { template: NoteTemplate }) {
  return (
    <ol>
      {template.sections.map((section) => (
        <li key={section.key}>
          <strong dir="auto">{section.title}</strong> {section.is_required && <span class="tag">{w.needed}</span>}
          {section.hint && (
            <p class="hint" dir="auto">
              {section.hint}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Template({ template, before, mayWrite, reload }: { template: NoteTemplate; before: NoteTemplate[]; mayWrite: boolean; reload: () => Promise<void> }) {
  const { message, act } = useAct();
  return (
    <section class="card" aria-labelledby={template.id}>
      <div class="heading">
        <h2 id={template.id} dir="auto">
          {template.title}
        </h2>
        {mayWrite && (
          <div class="row">
            <TemplateForm label={w.edit} title={w.editOf(template.title)} send={w.keepNext} before={template} onDone={reload} />
            <SureButton label={w.retire} title={w.retireOf(template.title)} question={w.retireSure} yes={w.retire} onSure={() => void act(async () => { await retireTemplate(template); await reload(); })} />
          </div>
        )}
      </div>
      <p class="hint">{w.version(template.number, dayOf(template.created_at))}</p>
      <Sections template={template} />
      <Alert message={message} />
      {before.length > 0 && (
        <details>
          <summary>{w.before}</summary>
          {before.map((one) => (
            <article key={one.id}>
              <h3>{w.version(one.number, dayOf(one.created_at))}</h3>
              <Sections template={one} />
            </article>
          ))}
        </details>
      )}
    </section>
  );
}

export function Templates() {
  const { me } = useDesk();
  const loaded = useLoaded<NoteTemplate[]>("templates", () => readTemplates(), (change) => change.kind === "note_template");
  const mayWrite = me?.roles.some((role) => role === "clinic_admin" || role === "supervisor") ?? false;
  return (
    <Room title={w.title} loaded={loaded} hint={w.lead} back={<a href="#/clinic">{w.clinic}</a>} tools={mayWrite && <TemplateForm label={w.add} title={w.add} send={w.keep} before={null} onDone={loaded.reload} />}>
      {(templates) => {
        const active = templates.filter((one) => one.state === "active");
        return (
          <>
            {active.length === 0 && <p class="card empty">{w.none}</p>}
            {active.map((one) => (
              <Template key={one.id} template={one} before={templates.filter((other) => other.family_id === one.family_id && other.id !== one.id)} mayWrite={mayWrite} reload={loaded.reload} />
            ))}
          </>
        );
      }}
    </Room>
  );
}
