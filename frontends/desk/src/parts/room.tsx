/** The frame of a screen that belongs to a chart or stands alone, and what many of them show. */
import type { ComponentChildren } from "preact";
import { useLoaded, type Loaded } from "../core/hooks.js";
import { readPatient } from "../core/things.js";
import { Pending, Title } from "./basics.js";

/** Whose it is, what it is, and either what was read or what stands in its place. */
export function Room<T>({ title, patientId, loaded, tools, back, hint, kind = "reading", children }: { title: string; patientId?: string | undefined; loaded: Loaded<T>; tools?: ComponentChildren; back?: ComponentChildren; hint?: ComponentChildren; kind?: string; children: (value: T) => ComponentChildren }) {
  const patient = useLoaded(`patient ${patientId}`, () => (patientId ? readPatient(patientId) : Promise.resolve(null)));
  return (
    <div class={kind}>
      <div class="heading">
        <div>
          {patientId && (
            <p class="eyebrow">
              <a data-chart href={`#/chart/${patientId}`} dir="auto">
                {patient.value?.name ?? "…"}
              </a>
            </p>
          )}
          {back && <p class="eyebrow">{back}</p>}
          <Title label={title}>{title}</Title>
          {hint && <p class="hint">{hint}</p>}
        </div>
        <div class="row tools">{loaded.value !== null && tools}</div>
      </div>
      {loaded.value === null ? <Pending loaded={loaded} /> : (
        <>
          {loaded.message && <p role="alert">{loaded.message}</p>}
          {children(loaded.value)}
        </>
      )}
    </div>
  );
}

/** Facts with their labels, in columns; those without a value are left out. */
export function Facts({ facts }: { facts: [string, ComponentChildren][] }) {
  return (
    <dl class="grid">
      {facts.filter(([, value]) => Boolean(value)).map(([label, value]) => (
        <div key={label}>
          <dt class="hint">{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A wide table in a region of its own that scrolls, also by keys. */
export function Table({ label, heads, children }: { label: string; heads: string[]; children: ComponentChildren }) {
  return (
    <div class="scrolls" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
