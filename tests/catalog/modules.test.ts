import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { modulesOf, recordedCatalog, recordedVersions } from "../../scripts/catalog/write.ts";
import { catalogEdition, catalogVersions } from "../../src/bridge/catalog.ts";

const ROOT = process.cwd();

it("the catalogs' modules are what the generator makes of their data", async () => {
  const catalogs = recordedVersions(ROOT).map((version) => recordedCatalog(version, ROOT));
  for (const [file, text] of await modulesOf(catalogs, ROOT)) expect(readFileSync(file, "utf8")).toBe(text);
});

it("an edition gives its own data", async () => {
  for (const version of catalogVersions()) {
    const { core, source, load } = catalogEdition(version);
    expect((await load()).default).toMatchObject({ version, core, source });
  }
});

it("moves are of the versions up to their own, and lead nowhere that has moved on", () => {
  const versions = recordedVersions(ROOT);
  for (const [index, version] of versions.entries()) {
    const { moves } = recordedCatalog(version, ROOT);
    for (const { since, to } of Object.values(moves)) {
      expect(versions.slice(1, index + 1)).toContain(since);
      if (to !== undefined) expect(moves).not.toHaveProperty([to]);
    }
  }
});
