/** The sentences of these screens, in the phone's language. They come with the screens; see `LATER` of `inside.tsx`. */
import type { SummaryWords } from "../../messages/summaries-en.js";

export let w: SummaryWords;

export function speak(words: SummaryWords): void {
  w = words;
}

/** Go to another of these screens. `route.js` stays with the first script: importing it here would tear that in two. */
export function go(...parts: string[]): void {
  location.hash = `#/${parts.join("/")}`;
}
