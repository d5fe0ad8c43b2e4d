import { defineConfig } from 'vitest/config';

/** Measures the memory of its own process. */
const alone = ['test/server/sources/corpus.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
    setupFiles: ['test/support/seed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          // Modules are read once for each worker, not once for each file.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.long.test.ts', ...alone],
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
