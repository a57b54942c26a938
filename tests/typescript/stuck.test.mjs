// A test that is stuck, for the test that it says where.
import { test } from "node:test";

test("nobody answers", async () => {
  await fetch(`${process.env.JOURNAL_ROOT}/v1/never`);
});
