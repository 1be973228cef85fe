import { test as base } from "@playwright/test";

/** Tests against the server that support/server.ts started. */
export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.DURVIS_URL),
});

export { expect } from "@playwright/test";

/** The words of the interface that tests look for. */
export const WORDS = {
  lv: { search: "Meklēt katalogā", button: "Meklēt", favourites: "Izlase" },
  ru: { search: "Искать в каталоге", button: "Искать", favourites: "Избранное" },
  en: { search: "Search the catalogue", button: "Search", favourites: "Favourites" },
} as const;

export type Lang = keyof typeof WORDS;
export const LANGUAGES = Object.keys(WORDS) as Lang[];
