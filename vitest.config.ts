import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
const resolve = { alias: { '@': root } }

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{app,components,lib,e2e}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts', 'node_modules/**'],
          // For a test that hangs; a busy machine is no failure.
          testTimeout: 30_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        test: {
          // Real ZooKeeper servers (Java processes): two files at a time, or they starve each other.
          name: 'integration',
          environment: 'node',
          include: ['{lib,e2e}/**/*.integration.test.ts'],
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
