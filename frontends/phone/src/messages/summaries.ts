/** The messages of the summaries of both sides: a file of each language, which loads with those screens. */
import type { SummaryWords } from "./summaries-en.js";

const OTHERS: Record<string, () => Promise<{ words: SummaryWords }>> = { ar: () => import("./summaries-ar.js"), es: () => import("./summaries-es.js") };

export const summaryWords = (): Promise<{ words: SummaryWords }> => OTHERS[document.documentElement.lang]?.() ?? import("./summaries-en.js");
