import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeRepository, recipe, textOf } from "../workspace/temp-tree.ts";
import { bridgemod } from "./fake-host.ts";

// Real git repositories and terminals, on machines that do other things, too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const names = ["a.py", "b.py", "c.py"];

/** The files that have changed once these answers were given, and what was printed. */
async function answer(...answers: readonly string[]) {
  const root = makeRepository(Object.fromEntries(names.map((name) => [name, recipe])));
  const ran = await bridgemod(root, ["migrate", "--interactive", "."], {
    answers,
    env: { NO_COLOR: "1" },
  });
  return { ...ran, changed: names.filter((name) => textOf(root, name).includes("NEW")) };
}

describe("migrate --interactive", () => {
  it("shows each fix with its proof and its change, and applies those confirmed", async () => {
    const { code, err, changed, out } = await answer("y", "n", "y");
    expect(changed).toEqual(["a.py", "c.py"]);
    expect(code).toBe(0);
    expect(err).toContain(`
a.py
  5  fix  swap-old/old  requested: exactly this changes
      OLD is old
      ddp.x: True → False
        in a.f
@@ -2,4 +2,4 @@
 
 
 def a_config():
-    x = OLD
+    x = NEW
Apply this fix to a.py?
`);
    expect(err).toContain("3 files: 2 changed, 1 unchanged, 0 skipped, 0 failed");
    expect(out).toContain("a.py\n  5  fixed  swap-old/old");
  });

  it.each([
    ["all of a rule", ["n", "a"], ["b.py", "c.py"], 2],
    ["none of a rule", ["y", "d"], ["a.py"], 2],
    ["quit", ["y", "q"], ["a.py"], 2],
    ["quit at once", ["q"], [], 1],
  ])("remembers %s", async (_, answers, expected, questions) => {
    const { changed, err } = await answer(...answers);
    expect(changed).toEqual(expected);
    expect(err.match(/Apply this fix/g)).toHaveLength(questions);
  });

  it("writes nothing when it is interrupted, not even what was confirmed", async () => {
    expect(await answer("y")).toMatchObject({ code: 130, changed: [], out: "" });
  });

  it("refuses where nobody can answer", async () => {
    const root = makeRepository({ "a.py": recipe });
    const none = await bridgemod(root, ["migrate", "--interactive", "a.py"]);
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toBe(
      "error: --interactive asks on a terminal, and there is none\nnext: leave it out to apply every proved fix; `bridgemod check --diff` shows them\n",
    );
    const piped = await bridgemod(root, ["migrate", "--interactive", "-"], { stdin: recipe, answers: ["y"] });
    expect(piped).toMatchObject({ code: 2, out: "" });
    expect(textOf(root, "a.py")).toBe(recipe);
  });
});

/** Runs a command on a terminal of its own; types one key each time the text appears; prints the code and the screen. */
const ON_A_TERMINAL = `
import fcntl, json, os, pty, select, struct, sys, termios, time
argv, cwd, keys = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.chdir(cwd)
    os.environ.update(NO_COLOR="1", TERM="xterm")
    os.execv(argv[0], argv)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
screen, seen, end = b"", 0, time.time() + 40
while time.time() < end:
    if fd in select.select([fd], [], [], 0.2)[0]:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        screen += data
    if keys and screen.count(b"ask no more") > seen:
        seen += 1
        time.sleep(0.2)
        os.write(fd, keys.pop(0).encode())
status = os.waitpid(pid, 0)[1] if time.time() < end else os.kill(pid, 9) or os.waitpid(pid, 0)[1]
print(json.dumps([os.waitstatus_to_exitcode(status), screen.decode(errors="replace")]))
`;

const real = (name: string) => `from megatron.bridge.recipes.common import _pretrain_common
from megatron.bridge.training.config import ConfigContainer


def ${name}_config() -> ConfigContainer:
    cfg = _pretrain_common()
    cfg.ddp.grad_reduce_in_fp32 = False
    return cfg
`;

describe("on a terminal", () => {
  beforeAll(() => {
    execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "pipe" });
  });

  function typing(keys: readonly string[]): { code: number; screen: string; changed: string[] } {
    const root = makeRepository({ "a.py": real("a"), "b.py": real("b") });
    const argv = [process.execPath, resolve("dist/cli.js"), "migrate", "--interactive", "."];
    const printed = execFileSync("python3", ["-c", ON_A_TERMINAL, JSON.stringify([argv, root, keys])]);
    const [code, screen] = JSON.parse(printed.toString());
    return {
      code,
      screen,
      changed: ["a.py", "b.py"].filter((path) => textOf(root, path).includes("mixed_precision.grad")),
    };
  }

  it("takes single keys, and ends by itself", () => {
    const { code, screen, changed } = typing(["n", "y"]);
    expect({ code, changed }).toEqual({ code: 1, changed: ["b.py"] });
    // eslint-disable-next-line no-control-regex -- colours are control sequences
    expect(screen).not.toMatch(/\u001b\[\d*m/);
    expect(screen).toContain("Its fix was declined.");
    expect(screen).toContain("+    cfg.mixed_precision.grad_reduce_in_fp32 = False");
  });

  it("writes nothing after Ctrl-C", () => {
    const { code, screen, changed } = typing(["y", "\u0003"]);
    expect({ code, changed }).toEqual({ code: 130, changed: [] });
    expect(screen).toContain("interrupted: 0 files written");
  });
});
