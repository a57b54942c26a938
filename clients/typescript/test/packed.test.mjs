// What `npm pack` makes, unpacked as npm would: it is whole, small, and its types hold for a strict program.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
const MAX_GZIPPED_BYTES = 40_000;
const PROGRAM = `
import { Client, Problem, type KnownCode } from "@integration-journal/client";
const code: KnownCode = "step-up-required";
// @ts-expect-error  no code of the API
const wrong: KnownCode = "no-such-code";
export { Client, Problem, code, wrong };
`;

test("the package that npm packs is imported and type-checked from outside", async () => {
  const folder = await mkdtemp(join(tmpdir(), "client-"));
  try {
    const [{ filename, files }] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root, encoding: "utf8" }));
    const names = files.map(({ path }) => path);
    for (const name of ["README.md", "package.json", "dist/index.js", "dist/index.d.ts"]) assert.ok(names.includes(name), name);
    assert.deepEqual(names.filter((name) => !/^(README\.md|package\.json|dist\/.*\.(js|d\.ts))$/.test(name)), []);

    const modules = join(folder, "node_modules");
    const target = join(modules, "@integration-journal", "client");
    await mkdir(target, { recursive: true });
    execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", target]);
    for (const name of ["idb", "openapi-fetch", "openapi-typescript-helpers"]) {
      await symlink(join(root, "node_modules", name), join(modules, name));
    }
    await writeFile(join(folder, "package.json"), '{"type": "module"}');
    await writeFile(join(folder, "program.ts"), PROGRAM);
    const tsc = join(root, "node_modules", ".bin", "tsc");
    const strict = ["--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom,dom.iterable"];
    execFileSync(tsc, [...strict, join(folder, "program.ts")], { cwd: folder, stdio: "pipe", encoding: "utf8" });
    const words = 'import("@integration-journal/client").then((all) => console.log(typeof all.Client))';
    assert.equal(execFileSync("node", ["-e", words], { cwd: folder, encoding: "utf8" }).trim(), "function");
    const scripts = await Promise.all(names.filter((name) => name.endsWith(".js")).map((name) => readFile(join(target, name))));
    assert.ok(gzipSync(Buffer.concat(scripts)).length < MAX_GZIPPED_BYTES);
  } finally {
    await rm(folder, { recursive: true });
  }
});
