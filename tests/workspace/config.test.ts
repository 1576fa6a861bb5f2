import { describe, expect, it } from "vitest";
import { Problem } from "../../src/workspace/problem.ts";
import { open } from "./open.ts";
import { makeRepository, recipe } from "./temp-tree.ts";

describe("configuration", () => {
  it("is read from the nearest file up to the git root", async () => {
    const root = makeRepository({
      "pyproject.toml": '[tool.bridgemod]\nintent = "preserve"\nworld-size = [8, 64]\ncodemod = "x"\n',
      "recipes/a.py": recipe,
      "other/bridgemod.toml": 'gpu = "h100"\n',
      "other/pyproject.toml": '[tool.bridgemod]\ngpu = "b200"\n',
      "other/a.py": recipe,
    });
    const { config } = await open(root, ["recipes"]);
    expect(config).toMatchObject({
      file: "pyproject.toml",
      intent: "preserve",
      worldSize: [8, 64],
      codemod: ["x"],
    });
    expect((await open(root, ["other"])).config).toMatchObject({ file: "other/bridgemod.toml", gpu: "h100" });
    expect((await open(root, ["other"], { isolated: true })).config.file).toBeNull();
  });

  it("passes over a pyproject.toml without our table", async () => {
    const root = makeRepository({
      "bridgemod.toml": 'set = "all"\n',
      "recipes/pyproject.toml": '[project]\nname = "x" # bridgemod\n',
      "recipes/a.py": recipe,
    });
    expect((await open(root, ["recipes"])).config).toMatchObject({ file: "bridgemod.toml", set: "all" });
  });

  it.each([
    ['inent = "honor"', 'unknown key "inent"', "bridgemod.toml:2", 'did you mean "intent"?'],
    ["intent = 3", "intent has the wrong type", "bridgemod.toml:2", 'write "honor", "preserve" or "report"'],
    ["exclude = [1]", "exclude has the wrong type", "bridgemod.toml:2", "write a list of patterns"],
    ["world-size = 0", "world-size has the wrong type", "bridgemod.toml:2", "write"],
    ["gpu = ", "not valid TOML", "bridgemod.toml:2", "mend the line"],
  ])("refuses %s", async (line, reason, place, next) => {
    const root = makeRepository({ "bridgemod.toml": `# ours\n${line}\n`, "a.py": recipe });
    const error = await open(root, ["."]).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Problem);
    expect(error).toMatchObject({ place });
    expect(error instanceof Problem ? `${error.message} ${error.next}` : "").toContain(next);
    expect(error instanceof Problem ? error.message : "").toContain(reason);
  });
});
