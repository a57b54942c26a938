/** The sentences of these screens, in the phone's language. They come with the screens; see `LATER` of `inside.tsx`. */
import type { SummaryWords } from "../../messages/summaries-en.js";

export let w: SummaryWords;

export function speak(words: SummaryWords): void {
  w = words;
}
