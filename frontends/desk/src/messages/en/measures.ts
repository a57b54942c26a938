/** English: scores over time. */
export const en = {
  title: "Measures",
  last: (day: string) => `Last ${day}.`,
  since: (change: string, baseline: string, day: string) => `${change} since the baseline of ${baseline}, ${day}.`,
  table: (count: number) => (count === 1 ? "One score" : `All ${count} scores`),
  day: "Day",
  score: "Score",
  band: "Band",
  atMost: (most: string) => `to ${most}`,
  legend: "Shaded: the bands of the score. Broken lines: doses.",
};
