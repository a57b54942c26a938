/** The frame of a screen, and what many of them show. */
import type { ComponentChildren } from "preact";
import { Pending, Title } from "./basics.js";
import type { Loaded } from "./hooks.js";

/** What it is, and either what was read or what stands in its place. `above` stands over the title: whose it is. */
export function Room<T>({ title, above, loaded, tools, back, hint, kind = "reading", children }: { title: string; above?: ComponentChildren; loaded: Loaded<T>; tools?: ComponentChildren; back?: ComponentChildren; hint?: ComponentChildren; kind?: string; children: (value: T) => ComponentChildren }) {
  return (
    <div class={kind}>
      <div class="heading">
        <div>
          {above && <p class="eyebrow">{above}</p>}
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
