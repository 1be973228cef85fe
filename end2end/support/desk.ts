import type { Portal } from "./outside";

interface Case {
  case: { id: string; revision: number; state: string };
  answers: Record<string, unknown>;
}

/** An institution's own program at work on the cases that it decides. */
export class Desk {
  private constructor(
    private readonly portal: Portal,
    private readonly token: string,
  ) {}

  /** With a client that the operator makes for it. */
  static async of(portal: Portal, institution: string): Promise<Desk> {
    const { client_id, client_secret } = JSON.parse(portal.durvis("institution", "add-client", institution, "--name", "tests")) as Record<string, string>;
    const headers = {
      authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    };
    const answer = await fetch(`${portal.url}/api/v1/desk/token`, { method: "POST", headers, body: "grant_type=client_credentials" });
    const { access_token } = (await answer.json()) as { access_token: string };
    return new Desk(portal, access_token);
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
    const answer = await fetch(`${this.portal.url}/api/v1/desk/cases${path}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** The case to be decided soonest. */
  async first(): Promise<Case> {
    const { items } = await this.ask<{ items: { id: string }[] }>("GET", "");
    return this.ask("GET", `/${items[0].id}?officer=Ieva`);
  }

  /** Makes a step with a case as it is now. */
  async step(id: string, step: object): Promise<Case> {
    const { case: now } = await this.ask<Case>("GET", `/${id}?officer=Ieva`);
    const change = { id: crypto.randomUUID().replaceAll("-", ""), revision: now.revision, officer: "Ieva", step };
    return this.ask("POST", `/${id}/steps`, change);
  }

  /** Gives a document along with a case. */
  async give(id: string, name: string, bytes: Buffer): Promise<void> {
    const document = crypto.randomUUID().replaceAll("-", "");
    const query = new URLSearchParams({ document, name, officer: "Ieva" });
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/octet-stream" };
    const url = `${this.portal.url}/api/v1/desk/cases/${id}/documents?${query}`;
    const answer = await fetch(url, { method: "POST", headers, body: bytes });
    if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }

  /** Makes a bill within a case; its id. */
  async bill(id: string, purpose: string, amount_cents: number, due: string): Promise<string> {
    const order = { id: crypto.randomUUID().replaceAll("-", ""), officer: "Ieva", purpose, amount_cents, due };
    return (await this.ask<{ id: string }>("POST", `/${id}/bills`, order)).id;
  }

  /** Does something with a bill of a case. */
  async billStep(id: string, bill: string, step: object): Promise<void> {
    await this.ask("POST", `/${id}/bills/${bill}/steps`, { id: crypto.randomUUID().replaceAll("-", ""), officer: "Ieva", step });
  }
}
