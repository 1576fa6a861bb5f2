import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,mjs}"],
    // Processes, parsers and compilers on machines that do other things, too.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
