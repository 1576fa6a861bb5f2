import { describe, expect, it } from "vitest";
import { run } from "../../src/engine.ts";
import { defaultPolicy, inputOf } from "../memory-run.ts";

/** `line ignored|left rule` of all that is said of a launch file. */
async function told(path: string, text: string): Promise<string[]> {
  const input = { ...inputOf({}), launchFiles: [{ path, text, named: false }] };
  const { files } = await run(input, ["move-launch-env", "move-precision-knobs"], defaultPolicy);
  return files.flatMap(({ remaining, suppressed = [] }) => [
    ...suppressed.map(({ line, rule, reason }) => `${line} ignored ${rule}: ${reason}`),
    ...remaining.map(({ line, rule }) => `${line} left ${rule}`),
  ]);
}

describe("an ignore comment in a shell script", () => {
  it("keeps from its line, and from the one below it", async () => {
    const text = `export CUDA_DEVICE_MAX_CONNECTIONS=1  # bridgemod: ignore[move-launch-env] Hopper
# bridgemod: ignore[move-precision-knobs] as measured

torchrun train.py ddp.grad_reduce_in_fp32=false
torchrun train.py ddp.average_in_collective=true ddp.grad_reduce_in_fp32=true
`;
    expect(await told("run.sh", text)).toEqual([
      "1 ignored launched-environment: Hopper",
      "4 ignored overridden-precision: as measured",
      "5 left overridden-precision",
    ]);
  });

  it("keeps from a command that goes over several lines, above it and at its end", async () => {
    const command = "torchrun train.py \\\n  model.x=1 \\\n  ddp.grad_reduce_in_fp32=false";
    const ignore = "# bridgemod: ignore[move-precision-knobs] so";
    expect(await told("run.sh", `${ignore}\n${command}\n`)).toEqual(["4 ignored overridden-precision: so"]);
    const atEnd = command
      .replace("model.x=1", "ddp.grad_reduce_in_fp32=false")
      .replace(/ddp\S+$/, "model.x=1");
    expect(await told("run.sh", `${atEnd} ${ignore}\n`)).toEqual(["2 ignored overridden-precision: so"]);
  });

  it("is no comment in a text, and is told where it ignores nothing or nobody", async () => {
    const text = `export CUDA_DEVICE_MAX_CONNECTIONS=1
echo "# bridgemod: ignore[move-launch-env] no"
# bridgemod: ignore[move-launch-env] nothing here
make
# bridgemod: ignore[move-lanch-env] typo
make
`;
    expect(await told("run.sh", text)).toEqual([
      "1 left launched-environment",
      "3 left unused-ignore",
      "5 left unknown-codemod",
    ]);
  });
});

describe("an ignore comment in YAML", () => {
  it("keeps from its line, and from the block below its key", async () => {
    const field = "grad_reduce_in_fp32: false";
    const ignore = "# bridgemod: ignore[move-precision-knobs] so";
    const ignored = "overridden-precision: so";
    expect(await told("a.yaml", `ddp:\n  ${field}  ${ignore}\n`)).toEqual([`2 ignored ${ignored}`]);
    expect(await told("a.yaml", `ddp:\n  ${ignore}\n  ${field}\n`)).toEqual([`3 ignored ${ignored}`]);
    expect(await told("a.yaml", `${ignore}\nddp:\n  x: "#"\n\n  ${field}\n`)).toEqual([
      `5 ignored ${ignored}`,
    ]);
    expect(await told("a.yaml", `---\nddp:  ${ignore}\n  ${field}\n`)).toEqual([`3 ignored ${ignored}`]);
    const text = `note: |\n  ${ignore}\nddp:\n  ${field}\n`;
    expect(await told("a.yaml", text)).toEqual(["4 left overridden-precision"]);
    const beside = `${ignore}\nmodel:\n  x: 1\nddp:\n  ${field}\n`;
    expect(await told("a.yaml", beside)).toEqual(
      ["1 left unused-ignore", "5 left overridden-precision"].sort(),
    );
  });
});
