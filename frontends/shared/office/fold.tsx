import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** A part that is opened only when it is wanted. */
export function Fold({ title, children }: { title: string; children: () => ComponentChildren }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children()}
    </details>
  );
}
