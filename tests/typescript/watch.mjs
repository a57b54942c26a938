// Loaded beside a test (`node --import`): on SIGUSR2 it writes down where the process stands, into JOURNAL_WHERE.
import { writeFileSync } from "node:fs";

const open = new Map();
let count = 0;
const plain = globalThis.fetch;

/** Fetch as ever, and know until its body is read that it goes on. */
globalThis.fetch = async (input, init) => {
  const key = (count += 1);
  const { pathname } = new URL(input.url ?? input);
  const one = { asked: `${init?.method ?? input.method ?? "GET"} ${pathname}`, since: performance.now(), state: "no answer yet" };
  open.set(key, one);
  try {
    const response = await plain(input, init);
    one.state = `answered ${response.status}, and not read to its end`;
    if (response.body === null) open.delete(key);
    for (const name of ["json", "text", "arrayBuffer", "blob"]) {
      const read = response[name].bind(response);
      response[name] = () => read().finally(() => open.delete(key));
    }
    return response;
  } catch (error) {
    open.delete(key);
    throw error;
  }
};

process.on("SIGUSR2", () => {
  const lines = [...open.values()].map((one) => `  ${one.asked}: ${one.state}, ${Math.round(performance.now() - one.since)} ms`);
  const holds = process.getActiveResourcesInfo().join(", ");
  const said = [`process ${process.pid}: ${process.argv.slice(1).join(" ")}`, ` held by: ${holds}`, ` ${count} requests; open:`, ...lines];
  writeFileSync(`${process.env.JOURNAL_WHERE}/where-${process.pid}`, `${said.join("\n")}\n`);
});
