// Reads a JSON list of Mermaid texts and writes, for each, its nodes and edges as Mermaid itself understands them, or null.
// Mermaid wants a document to clean labels with; jsdom is one, and nothing is drawn.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const find = createRequire(pathToFileURL(process.argv[2] + "/"));
const { JSDOM } = find("jsdom");
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import(pathToFileURL(process.argv[2] + "/mermaid/dist/mermaid.core.mjs"));
const told = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    told.push({ nodes: [...diagram.db.getVertices().keys()], edges: diagram.db.getEdges().map((edge) => [edge.start, edge.end]) });
  } catch {
    told.push(null);
  }
}
process.stdout.write(JSON.stringify(told));
