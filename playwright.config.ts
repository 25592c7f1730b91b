import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './e2e/browser'

/** Two workers: every spec drives real ZooKeeper servers and a browser, and waits for them more than it works. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  // For what hangs: a busy machine is no failure.
  timeout: 150_000,
  expect: { timeout: 20_000 },
  outputDir: 'e2e/.output/results',
  reporter: [['list']],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findChromium(),
      args: [...CHROMIUM_FLAGS],
    },
  },
})
