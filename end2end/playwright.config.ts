import { defineConfig } from "@playwright/test";

/** The real server on a throw-away database, the release build in Chromium. `cargo xtask test` runs this. */
export default defineConfig({
  testDir: ".",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: "list",
  outputDir: "results",
  globalSetup: "./support/server.ts",
  use: {
    locale: "lv-LV",
    timezoneId: "Europe/Riga",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
});
