/** Writing a version of a template: its name, and its sections in their order. */
import { useRef, useState } from "preact/hooks";
import { useAct } from "../../core/hooks.js";
import { writeTemplate } from "../../core/layouts.js";
import type { NoteTemplate } from "../../core/types.js";
import { en } from "../../messages/en/templates.js";
import { spoken, t } from "../../messages/index.js";
import { Tries } from "../../../../shared/office/tries.js";
import { Alert, Dialog, Line } from "../../parts/basics.js";

const w = spoken({ en });
const MAX_SECTIONS = 12;

interface Section {
  title: string;
  hint: string;
  is_required: boolean;
}
const EMPTY: Section = { title: "", hint: "", is_required: true };

function sectionsOf(template: NoteTemplate | null): Section[] {
  return template === null ? [EMPTY] : template.sections.map(({ title, hint, is_required }) => ({ title, hint: hint ?? "", is_required }));
}

function SectionFields({ section, number, set, up, remove }: { section: Section; number: number; set: (section: Section) => void; up: (() => void) | null; remove: (() => void) | null }) {
  return (
    <fieldset class="strategy">
      <legend>{w.section(number)}</legend>
      <Line name={`heading-${number}`} label={w.heading} value={section.title} onInput={(title) => set({ ...section, title })} isRequired isField={false} />
      <Line name={`hint-${number}`} label={w.hint} value={section.hint} onInput={(hint) => set({ ...section, hint })} isField={false} />
      <label class="check">
        <input type="checkbox" checked={section.is_required} onChange={(event) => set({ ...section, is_required: event.currentTarget.checked })} /> {w.required}
      </label>
      <div class="row">
        {up && (
          <button type="button" class="small" aria-label={w.upOf(number)} onClick={up}>
            {w.up}
          </button>
        )}
        {remove && (
          <button type="button" class="small quiet" aria-label={w.removeOf(number)} onClick={remove}>
            {w.remove}
          </button>
        )}
      </div>
    </fieldset>
  );
}

export function TemplateForm({ label, title, send, before, onDone }: { label: string; title: string; send: string; before: NoteTemplate | null; onDone: () => Promise<void> }) {
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState(before?.title ?? "");
  const [sections, setSections] = useState(() => sectionsOf(before));
  const tries = useRef<Tries | null>(null);
  const { isBusy, message, act } = useAct();
  const swapped = (index: number): Section[] => sections.map((one, at) => (at === index ? (sections[index - 1] ?? one) : at === index - 1 ? (sections[index] ?? one) : one));
  const keep = (): Promise<void> =>
    act(async () => {
      const content = { replaces_id: before?.id ?? null, title: name.trim(), sections: sections.map((one) => ({ ...one, title: one.title.trim(), hint: one.hint.trim() || null })) };
      await (tries.current ??= new Tries()).send(content, (id) => writeTemplate({ id, ...content }));
      setIsOpen(false);
      if (before === null) setName("");
      if (before === null) setSections([EMPTY]);
      await onDone();
    });
  return (
    <>
      <button type="button" class={before ? "" : "primary"} aria-label={title === label ? undefined : title} onClick={() => setIsOpen(true)}>
        {label}
      </button>
      {isOpen && (
        <Dialog title={title} onClose={() => setIsOpen(false)}>
          <form onSubmit={(event) => { event.preventDefault(); void keep(); }}>
            <Line name="template-name" label={w.name} value={name} onInput={setName} isRequired isField={false} />
            {sections.map((section, index) => (
              <SectionFields key={index} section={section} number={index + 1} set={(changed) => setSections(sections.map((one, at) => (at === index ? changed : one)))} up={index === 0 ? null : () => setSections(swapped(index))} remove={sections.length === 1 ? null : () => setSections(sections.filter((_, at) => at !== index))} />
            ))}
            {sections.length < MAX_SECTIONS && (
              <button type="button" onClick={() => setSections([...sections, EMPTY])}>
                {w.addSection}
              </button>
            )}
            <Alert message={message} />
            <div class="row steps">
              <button type="submit" class="primary" data-primary disabled={isBusy}>
                {send}
              </button>
              <button type="button" class="quiet" onClick={() => setIsOpen(false)}>
                {t.cancel}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
