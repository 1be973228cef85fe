import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { DURVIS, ROOT } from "./server";
import { expect, type Lang } from "./test";

type Value = string | number | boolean | string[] | Record<string, unknown> | Record<string, Value>[];
export type Answers = Record<string, Value>;

interface Field {
  id: string;
  kind: { type: string; options?: { id: string }[]; fields?: Field[] };
}

/** An e-service, as its file has it. */
export interface Definition {
  id: string;
  audience: string;
  terms?: unknown;
  tasks?: unknown[];
  prices?: unknown[];
  steps: { id: string; fields: Field[] }[];
  examples: { name: string; today: string; answers: Answers; errors: string[] }[];
}

const CONTENT = join(ROOT, "server/content");

export const slugs = () => readdirSync(join(CONTENT, "e-services")).map((name) => name.replace(".yaml", "")).sort();

export function definition(slug: string): Definition {
  return JSON.parse(execFileSync(DURVIS, ["e-service", "show", slug, CONTENT], { encoding: "utf8" })) as Definition;
}

/** The words of the interface. */
export function words(lang: Lang): Record<string, Record<string, string>> {
  return JSON.parse(readFileSync(join(ROOT, `app/texts/${lang}.json`), "utf8")) as Record<string, Record<string, string>>;
}

/** The field of an id, which may have dots. */
export const at = (page: Page, id: string) => page.locator(`[id="${id}"]`);

/** So many bytes that begin as a file of that type does. */
export function content(mediaType: string, bytes: number): Buffer {
  const begins: Record<string, string> = { "application/pdf": "%PDF-1.7\n", "image/png": "\x89PNG\r\n\x1a\n" };
  const buffer = Buffer.alloc(bytes, " ");
  buffer.write(begins[mediaType] ?? "\xff\xd8\xff\xe0", "latin1");
  return buffer;
}

/** Answers a question as a citizen would. */
async function answer(page: Page, field: Field, id: string, value: Value, add: string) {
  const options = field.kind.options?.map((option) => option.id) ?? [];
  const own = (option: string) => at(page, options.indexOf(option) === 0 ? id : `${id}-${option}`);
  switch (field.kind.type) {
    case "yes_no":
      return at(page, value === true ? id : `${id}-no`).check();
    case "statement":
      return at(page, id).setChecked(value === true);
    case "choice":
      return options.length > 8 ? at(page, id).selectOption(value as string).then(() => undefined) : own(value as string).check();
    case "choices":
      for (const option of value as string[]) await own(option).check();
      return;
    // Nobody who rehearses has children.
    case "person":
      return at(page, id).check();
    case "institution":
    case "country":
      return at(page, id).selectOption(value as string).then(() => undefined);
    case "address": {
      const { territory, street, postal_code } = value as Record<string, string>;
      await at(page, id).selectOption(territory);
      await at(page, `${id}-street`).fill(street);
      return at(page, `${id}-postal-code`).fill(postal_code);
    }
    case "date": {
      const [year, month, day] = (value as string).split("-");
      await at(page, id).fill(day);
      await at(page, `${id}-m`).fill(month);
      return at(page, `${id}-y`).fill(year);
    }
    case "money":
      return at(page, id).fill(((value as number) / 100).toFixed(2).replace(".", ","));
    case "file":
      for (const { name, bytes, media_type } of value as unknown as { name: string; bytes: number; media_type: string }[]) {
        await at(page, id).setInputFiles({ name, mimeType: media_type, buffer: content(media_type, bytes) });
        await expect(page.getByRole("listitem").filter({ hasText: name })).toBeVisible();
      }
      return;
    case "group":
      for (const [number, row] of (value as Record<string, Value>[]).entries()) {
        await at(page, id).getByRole("button", { name: add, exact: true }).click();
        await fill(page, field.kind.fields!, row, add, `${id}.${number}.`);
      }
      return;
    default:
      return at(page, id).fill(String(value));
  }
}

/** Answers the questions of a step that are asked. */
export async function fill(page: Page, fields: Field[], answers: Answers, add: string, above = "") {
  for (const field of fields) {
    const value = answers[field.id];
    if (value !== undefined && value !== null) await answer(page, field, above + field.id, value, add);
  }
}

/** Walks from where one is to "check your answers"; `look` sees every page. */
export async function walk(page: Page, of: Definition, answers: Answers, lang: Lang, look: (where: string) => Promise<void>) {
  const { walk: said } = words(lang);
  const where = () => new URL(page.url()).pathname.split("/")[4] ?? "";
  const next = () => page.getByRole("button", { name: said.next, exact: true }).click();
  // Terms, the task list, every step, and the check: nothing takes longer.
  for (let pages = 0; pages < of.steps.length + 3; pages++) {
    await expect.poll(where).not.toBe("");
    const here = where();
    await expect(page.locator("main h1")).toHaveCount(1);
    if (here === "terms-of-use") await page.getByRole("checkbox").check();
    const step = of.steps.find((step) => step.id === here);
    if (step) await fill(page, step.fields, answers, said.add);
    await look(here);
    if (here === "check-answers") return;
    if (here === "task-list") await page.locator("main .du-list a").first().click();
    else await next();
    await expect.poll(where, { message: `after ${here}` }).not.toBe(here);
  }
  throw new Error(`the walk through ${of.id} does not end`);
}
