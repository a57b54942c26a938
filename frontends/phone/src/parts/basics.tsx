/** Small parts of every screen. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../messages/index.js";

/** The heading of a screen. It takes the focus, so that a screen reader says where one is. */
export function Title({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** That something was not taken, and where to look at it. */
export function NeedsYou() {
  return (
    <p>
      <a href="#/waiting">{t.status.needsYou(1)}</a>
    </p>
  );
}

/** A button that asks once more before it does what cannot be undone. */
export function SureButton({ label, question, yes, onSure, kind = "quiet" }: { label: string; question: string; yes: string; onSure: () => void; kind?: string }) {
  const [isAsked, setIsAsked] = useState(false);
  if (!isAsked) {
    return (
      <button type="button" class={kind} onClick={() => setIsAsked(true)}>
        {label}
      </button>
    );
  }
  return (
    <div class="card warning" role="group" aria-label={label}>
      <p>{question}</p>
      <div class="row">
        <button type="button" class="danger" onClick={onSure}>
          {yes}
        </button>
        <button type="button" class="quiet" onClick={() => setIsAsked(false)}>
          {t.cancel}
        </button>
      </div>
    </div>
  );
}

/** A scale of numbers to tap. Nothing is chosen at first, and a choice can be taken back. */
export function Scale({ name, label, low, high, max = 10, value, onChange }: { name: string; label: string; low: string; high: string; max?: number; value: number | null | undefined; onChange: (value: number | null) => void }) {
  const numbers = Array.from({ length: max + 1 }, (_, number) => number);
  return (
    <fieldset class="scale">
      <legend>{label}</legend>
      <div class="numbers">
        {numbers.map((number) => (
          <label key={number}>
            <input type="radio" name={name} checked={value === number} onChange={() => onChange(number)} />
            <span>{number}</span>
          </label>
        ))}
      </div>
      <p class="ends">
        <span>{`0\u00a0=\u00a0${low}`}</span>
        <span>{`${max}\u00a0=\u00a0${high}`}</span>
      </p>
      {value !== null && value !== undefined && (
        <button type="button" class="link" onClick={() => onChange(null)}>
          {t.clearRating(label)}
        </button>
      )}
    </fieldset>
  );
}

/** One choice of a few, in words. */
export function Choice<T extends string>({ name, label, hint, options, value, onChange }: { name: string; label: string; hint?: string; options: Record<T, string>; value: T | null | undefined; onChange: (value: T) => void }) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="row">
        {(Object.entries(options) as [T, string][]).map(([key, words]) => (
          <label key={key}>
            <input type="radio" name={name} checked={value === key} onChange={() => onChange(key)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A field for text that grows with it. */
export function TextField({ label, hint, value, onInput, rows = 4, isLabelHidden = false, name }: { label: string; hint?: string; value: string; onInput: (value: string) => void; rows?: number; isLabelHidden?: boolean; name: string }) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id} dir="auto" class={isLabelHidden ? "unseen" : undefined}>
        {label}
      </label>
      {hint && (
        <p class="hint" dir="auto" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea id={id} dir="auto" rows={rows} value={value} aria-describedby={hint ? `${id}-hint` : undefined} onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  );
}

/** Text of a person, with its line breaks, in its own direction. */
export function Words({ children }: { children: string }) {
  return (
    <p class="words" dir="auto">
      {children}
    </p>
  );
}
