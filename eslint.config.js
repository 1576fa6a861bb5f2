// What the compiler cannot check of the house style: see CONTRIBUTING.md. Layers are tests/project/layering.test.ts's.
import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const doubleAssertion = {
  selector: "TSAsExpression > TSAsExpression > TSUnknownKeyword",
  message: "Narrow the value instead of asserting it twice.",
};
const defaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name; only a codemod's index.ts has a default export.",
};
const fileSystem = ["node:fs", "node:fs/promises", "node:child_process", "fs", "child_process"];

export default defineConfig(
  globalIgnores([
    "dist",
    "src/bridge/catalog/json.d.ts",
    ".cache",
    ".dev",
    "coverage",
    "snapshots",
    "examples",
  ]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Tree walks assign variables in callbacks, which the compiler's narrowing does not see.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Python's strings are sequences of code points, and so is a spread one.
      "@typescript-eslint/no-misused-spread": "off",
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "prefer-const": "error",
      "no-restricted-syntax": ["error", doubleAssertion, defaultExport],
    },
  },
  {
    files: ["src/**/*.ts", "codemods/**/*.ts"],
    rules: {
      "max-lines": ["warn", { max: 200, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["warn", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": ["warn", { max: 4 }],
      "max-depth": ["warn", 3],
    },
  },
  {
    files: ["src/**/*.ts", "codemods/**/*.ts"],
    ignores: ["src/cli/**"],
    rules: { "no-restricted-globals": ["error", "process", "console"] },
  },
  {
    files: ["src/**/*.ts", "codemods/**/*.ts"],
    ignores: ["src/workspace/**"],
    rules: { "no-restricted-imports": ["error", { paths: fileSystem }] },
  },
  {
    files: ["codemods/*/index.ts"],
    rules: { "no-restricted-syntax": ["error", doubleAssertion] },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      // Reports are read back as JSON, and compared as such.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["vitest.config.ts"],
    rules: { "no-restricted-syntax": ["error", doubleAssertion] },
  },
  {
    files: ["**/*.mjs", "eslint.config.js"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        performance: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        Buffer: "readonly",
        URL: "readonly",
        fetch: "readonly",
        AbortController: "readonly",
        AbortSignal: "readonly",
      },
    },
    rules: { eqeqeq: "error", "prefer-const": "error" },
  },
);
