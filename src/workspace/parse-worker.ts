// A thread that parses texts before they are asked for; see parse-ahead.ts.
import { workerData } from "node:worker_threads";
import { loadPythonParser } from "../python/parser.ts";
import { Claims, type Assignment, type Finished } from "./parse-claims.ts";

const { texts, claims: buffer, port } = workerData as Assignment;
const parser = await loadPythonParser();
const claims = new Claims(buffer);
for (const [index, text] of texts.entries()) {
  claims.waitForRoom();
  if (!claims.claim(index)) continue;
  try {
    const finished: Finished = { ...parser.flatten(text), index };
    claims.send(finished.tree.length);
    port.postMessage(finished, [finished.tree.buffer]);
  } finally {
    claims.end(index);
  }
}
port.close();
