// Write src/generated/ from the OpenAPI documents: the types of every path, the codes of problems, the operations that write.
// `--check` writes nothing, and fails if a file is stale.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const root = new URL("../../../", import.meta.url);
const target = new URL("../src/generated/", import.meta.url);
const NAMES = (await readdir(root)).filter((name) => /^openapi.*\.json$/.test(name)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
const document = united(await Promise.all(NAMES.map(async (name) => JSON.parse(await readFile(new URL(name, root), "utf8")))));
const HEAD = "// Generated from the OpenAPI documents by `make clients-typescript`. Do not edit.\n";

/** Several documents as one: a component of two of them is the same in both. */
function united([first, ...others]) {
  for (const { paths, components } of others) {
    for (const [path, methods] of Object.entries(paths)) first.paths[path] = { ...first.paths[path], ...methods };
    for (const [kind, parts] of Object.entries(components)) first.components[kind] = { ...first.components[kind], ...parts };
  }
  return first;
}

function codesIn(value, found) {
  if (Array.isArray(value)) value.forEach((part) => codesIn(part, found));
  else if (value && typeof value === "object") {
    if (typeof value.code === "string" && typeof value.request_id === "string") found.add(value.code);
    Object.values(value).forEach((part) => codesIn(part, found));
  }
  return found;
}

function codes() {
  const named = document.components.schemas.ProblemCode["x-extensible-enum"];
  const found = [...codesIn(document, new Set(named))].sort();
  return `${HEAD}\n/** The codes of this version; a later one may have more. */\nexport type KnownCode =\n${found
    .map((code) => `  | ${JSON.stringify(code)}`)
    .join("\n")};\n`;
}

function writes() {
  const lines = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (["post", "put", "patch", "delete"].includes(method)) {
        lines.push(`  ${operation.operationId}: ${JSON.stringify(`${method.toUpperCase()} ${path}`)},`);
      }
    }
  }
  return `${HEAD}\n/** Method and path of every operation that writes. */\nexport const WRITES = {\n${lines
    .sort()
    .join("\n")}\n} as const;\n\n${batched()}`;
}

function open() {
  const isOpen = ({ security }) => security?.length > 1 && security.some((one) => Object.keys(one).length === 0);
  const paths = Object.entries(document.paths).filter(([, methods]) => Object.values(methods).some(isOpen));
  return `${HEAD}\n/** The paths that need no sign-in, and answer for whoever is signed in. */\nexport const OPEN: readonly string[] = ${JSON.stringify(paths.map(([path]) => path))};\n`;
}

function batched() {
  const names = document.components.schemas.SyncOperation.enum.map((name) => `  ${JSON.stringify(name)},`);
  return `/** The operations that a batch of \`POST /v1/sync\` may hold. */\nexport const BATCHED: ReadonlySet<string> = new Set([\n${names.join("\n")}\n]);\n`;
}

const schema = await openapiTS(document, { defaultNonNullable: false });
const files = { "api.ts": `${HEAD}\n${astToString(schema)}`, "codes.ts": codes(), "writes.ts": writes(), "open.ts": open() };
await mkdir(target, { recursive: true });
const stale = [];
for (const [name, wanted] of Object.entries(files)) {
  const path = new URL(name, target);
  const present = await readFile(path, "utf8").catch(() => "");
  if (present === wanted) continue;
  stale.push(name);
  if (!process.argv.includes("--check")) await writeFile(path, wanted);
}
if (process.argv.includes("--check") && stale.length) {
  console.error(`src/generated is stale: ${stale.join(", ")}. Run \`make clients-typescript\` and commit what it writes.`);
  process.exit(1);
}
