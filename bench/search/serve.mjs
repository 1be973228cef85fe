// Pages over loopback, each engine at a host of its own, so that each has a process and a heap of its own.
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { wasmFile } from "./prepare.mjs";

const TYPES = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

/** `of(engine)` gives its script and the folder of its index. */
export async function serve(of) {
  const server = createServer((request, response) => {
    const { script, folder } = of(request.headers.host.split(".")[0]) ?? {};
    const path = new URL(request.url, "http://x").pathname;
    const send = (type, body) => {
      // Isolated pages have exact clocks and may measure their memory.
      response.writeHead(200, { "content-type": type, "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" });
      if (typeof body === "string") response.end(body);
      else body.pipe(response);
    };
    const file = path === "/durvis.wasm" ? wasmFile : join(folder ?? "/nowhere", path);
    if (path === "/") send(TYPES.html, '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>');
    else if (path === "/page.js" && script) send(TYPES.js, script);
    else if (!path.includes("..") && existsSync(file)) send(TYPES[path.split(".").pop()] ?? "application/octet-stream", createReadStream(file));
    else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
