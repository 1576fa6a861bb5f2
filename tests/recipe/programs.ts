import fc, { type Arbitrary } from "fast-check";

/**
 * Recipes at random: what people write, and what they had better not. Variables may be None or missing, so that some
 * raise; those prove nothing and are left out.
 */
export function programs(): Arbitrary<string> {
  return fc
    .record({ helpers: fc.array(helper(), { maxLength: 2 }), body: block(3) })
    .map(({ helpers, body }) =>
      [
        PRELUDE,
        ...helpers.map((lines, index) =>
          [`def helper_${index}(cfg, x=2, *rest, y=3, **more):`, ...indent(lines)].join("\n"),
        ),
        ...[0, 1]
          .slice(helpers.length)
          .map((index) => `def helper_${index}(cfg, x=2, **more):\n    return x`),
        [
          "def recipe():",
          ...indent(["cfg = make()", "x, y = 1, 2", 'name = "a"', ...body, "return cfg"]),
        ].join("\n"),
        "",
      ].join("\n\n\n"),
    );
}

const PRELUDE = `import dataclasses
import os
from dataclasses import replace
from megatron.bridge.training.config import ConfigContainer, DistributedDataParallelConfig, OptimizerConfig

LIMIT = 3
TABLE = {"a": 7, "b": 8}
COUNT = 0


class Holder:
    value = 4

    def __init__(self, value=None):
        if value is not None:
            self.value = value

    def set(self, value):
        self.value = value
        return self

    @property
    def double(self):
        return self.value * 2


def make() -> ConfigContainer:
    return ConfigContainer(ddp=DistributedDataParallelConfig(b=TABLE["a"]))


def bump():
    global COUNT
    COUNT += 1
    return COUNT


def twice(value):
    return value, value


# own`;

type Lines = readonly string[];

function indent(lines: Lines): string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => `    ${line}`);
}

const field = fc.constantFrom("cfg.ddp.a", "cfg.ddp.b", "cfg.ddp.c", "cfg.optimizer.a", "cfg.optimizer.b");
const variable = fc.constantFrom("x", "y");
const fieldName = fc.constantFrom('"a"', '"b"', "name");
const atom = fc.oneof(
  fc.integer({ min: 0, max: 9 }).map(String),
  fc.constantFrom(
    "True",
    "False",
    "None",
    "x",
    "y",
    "LIMIT",
    'TABLE["b"]',
    'TABLE.get("z", 6)',
    "bump()",
    "Holder(2).value",
    "Holder().set(5).double",
    "twice(x)[1]",
    'int(os.environ.get("SOME_SIZE", "3"))',
    'os.environ.get("NO_SUCH_NAME")',
    'getattr(cfg.ddp, "c", 2)',
    'getattr(cfg.ddp, "zzz", 2)',
    'hasattr(cfg.ddp, "a")',
    "len([x, y])",
    "sum(i for i in range(3))",
    "max(1, 4)",
    "[v * 2 for v in (1, 2, 3)][1]",
    "dict(k=2)['k']",
    "(lambda v=x: v)()",
    "isinstance(cfg.ddp, DistributedDataParallelConfig)",
  ),
  field,
);

function expression(): Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: atom },
    {
      weight: 1,
      arbitrary: fc
        .tuple(atom, fc.constantFrom("+", "*", "-", "%", "//", "or", "and"), atom)
        .map((parts) => `(${parts.join(" ")})`),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(atom, condition(), atom).map(([a, test, b]) => `(${a} if ${test} else ${b})`),
    },
    { weight: 1, arbitrary: atom.map((one) => `(not ${one})`) },
  );
}

function condition(): Arbitrary<string> {
  return fc.oneof(
    atom,
    fc
      .tuple(atom, fc.constantFrom("==", "!=", "is", "is not"), atom)
      .map((parts) => parts.join(" ").replace(/ is (not )?\d/, " == 1")),
    fc.constantFrom(
      'os.environ.get("A_SWITCH") == "1"',
      "cfg.ddp.c is None",
      "x > 1",
      "not cfg.ddp.a",
      "0 < y < 3",
      '"a" in TABLE',
    ),
  );
}

function block(depth: number): Arbitrary<Lines> {
  return fc.array(statement(depth), { minLength: 1, maxLength: depth + 1 }).map((parts) => parts.flat());
}

function statement(depth: number): Arbitrary<Lines> {
  const simple: Arbitrary<Lines> = fc.oneof(
    fc.tuple(field, expression()).map(([target, value]) => [`${target} = ${value}`]),
    fc.tuple(variable, expression()).map(([target, value]) => [`${target} = ${value}`]),
    fc.tuple(variable, expression()).map(([target, value]) => [`${target} += ${value}`]),
    fc.tuple(field, field, expression()).map(([a, b, value]) => [`${a} = ${b} = ${value}`]),
    fc.tuple(field, variable, expression()).map(([a, b, value]) => [`${a}, ${b} = ${value}, ${b}`]),
    fc.tuple(fieldName, expression()).map(([name, value]) => [`setattr(cfg.ddp, ${name}, ${value})`]),
    fc.constantFrom("b", "c", "x").map((name) => [`name = "${name === "x" ? "a" : name}"`]),
    expression().map((value) => ["alias = cfg.ddp", `alias.a = ${value}`, "alias.b = alias.a"]),
    expression().map((value) => [`cfg.ddp = DistributedDataParallelConfig(a=${value})`]),
    expression().map((value) => [`cfg = replace(cfg, ddp=DistributedDataParallelConfig(c=${value}))`]),
    expression().map((value) => [`cfg.ddp = dataclasses.replace(cfg.ddp, b=${value})`]),
    expression().map((value) => [
      `kwargs = {"a": ${value}, **TABLE}`,
      "kwargs.update(b=x)",
      "cfg.ddp = DistributedDataParallelConfig(**kwargs)",
    ]),
    fc
      .tuple(fc.constantFrom("helper_0", "helper_1"), expression())
      .map(([name, value]) => [`x = ${name}(cfg, ${value})`]),
    fc.constantFrom("helper_0", "helper_1").map((name) => [`${name}(cfg, y, y=x)`]),
    fc.constantFrom<Lines[]>(
      ['[setattr(cfg.optimizer, key, 9) for key in ("a", "b")]'],
      ["def inner():", "    nonlocal x", "    x = 5", "    cfg.ddp.c = x", "inner()"],
      ["action = lambda value: setattr(cfg.ddp, 'c', value)", "action(y)"],
      ["TABLE['b'] = 3"],
      ["holder = Holder(3)", "other = holder", "other.value = 6", "cfg.ddp.c = holder.value"],
      ["vars(cfg.ddp)['a'] = 2"],
      ["cfg.ddp.__dict__.update(b=4)"],
      ["exec('cfg.ddp.b = 6')"],
      ["for key, value in TABLE.items():", "    setattr(cfg.ddp, key, value)"],
      ["items = [1, 2]", "items.append(x)", "cfg.ddp.a = items[-1]"],
      ["first, *others = (1, 2, 3)", "cfg.ddp.a = len(others)"],
      ["if (walrus := y):", "    cfg.ddp.c = walrus"],
      ["DistributedDataParallelConfig.c = 8"],
      ["Holder.value = 1", "cfg.ddp.a = Holder().value"],
      ["del cfg.ddp.c"],
      ["match y:", "    case 2:", "        cfg.ddp.a = 4", "    case _:", "        cfg.ddp.a = 5"],
      ["def gen():", "    cfg.ddp.b = 2", "    yield 1", "    cfg.ddp.b = 3", "g = gen()", "next(g)"],
      ["globals()['LIMIT'] = 1", "cfg.ddp.a = LIMIT"],
      ["make.__defaults__ = ()"],
      [
        "from contextlib import suppress",
        "with suppress(ValueError):",
        "    cfg.ddp.a = 3",
        "    raise ValueError",
        "cfg.ddp.b = 2",
      ],
    ),
  );
  if (depth === 0) return simple;
  const nested = block(depth - 1);
  return fc.oneof(
    { weight: 5, arbitrary: simple },
    {
      weight: 3,
      arbitrary: fc
        .tuple(condition(), nested, fc.option(nested))
        .map(([test, then, otherwise]) => [
          `if ${test}:`,
          ...indent(then),
          ...(otherwise ? ["else:", ...indent(otherwise)] : []),
        ]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom("range(2)", "(1, 2)", "[y]", "TABLE", "range(int(os.environ.get('N', '2')))"),
          nested,
          fc.constantFrom([], ["break"], ["continue"]),
        )
        .map(([items, body, jump]) => [`for i in ${items}:`, ...indent([...body, ...jump])]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(nested, fc.constantFrom([], ["raise ValueError"], ["int('no')"]), nested, fc.boolean())
        .map(([body, raise, handler, ends]) => [
          "try:",
          ...indent([...body, ...raise]),
          "except ValueError:",
          ...indent(handler),
          ...(ends ? ["finally:", ...indent(["cfg.optimizer.b = 1"])] : []),
        ]),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(condition(), nested)
        .map(([test, body]) => [
          `z${depth} = 0`,
          `while z${depth} < 2 and ${test}:`,
          ...indent([`z${depth} += 1`, ...body]),
        ]),
    },
    { weight: 1, arbitrary: condition().map((test) => [`if ${test}:`, "    return cfg"]) },
  );
}

/** Helpers do not call each other: CPython would take for ever over some of them. */
function helper(): Arbitrary<Lines> {
  return fc
    .tuple(block(1), fc.constantFrom("x", "cfg.ddp.a", "None", "y"))
    .map(([body, result]) => [
      'name = "b"',
      ...body.map((line) => line.replace(/helper_\d\(.*/, "None")),
      `return ${result}`,
    ]);
}
