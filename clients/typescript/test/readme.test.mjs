// The code blocks of the README, run one after the other against a running API.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { test } from "node:test";

test("the README's code runs as it stands there", async () => {
  const text = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const blocks = [...text.matchAll(/^```js\n(.*?)^```$/gms)].map((found) => found[1]);
  assert.ok(blocks.length >= 4);
  const file = new URL(`../dist/readme-${process.pid}.mjs`, import.meta.url);
  await writeFile(file, blocks.join("\n"));
  const log = console.log;
  const lines = [];
  console.log = (...words) => lines.push(words.join(" "));
  try {
    await import(file.href);
  } finally {
    console.log = log;
    await rm(file);
  }
  assert.ok(lines.some((line) => line.startsWith("there is now: The yellow light in the kitchen.")), lines.join("\n"));
  for (const line of ["0 entries wait", "followed until aborted", "answered 401"]) assert.ok(lines.includes(line), line);
});
