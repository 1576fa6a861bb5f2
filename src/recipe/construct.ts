import { unfollowed } from "./unfollowed.ts";
import { takesKeywordsOnly } from "../bridge/names.ts";
import { storeField } from "./attributes.ts";
import { ancestryOf, fieldsOf, findMember, isDataclass, isEnum, methodOf, newObject } from "./classes.ts";
import { forget } from "./forget.ts";
import { isTame } from "./module-order.ts";
import { noteHooks } from "./hooks.ts";
import { isStrange } from "./strange-classes.ts";
import { PythonError, type CallPlace, type Machine } from "./machine.ts";
import {
  unknown,
  type ArgumentValue,
  type ClassValue,
  type FieldEntry,
  type ObjectValue,
  type Value,
} from "./value.ts";

interface Invocation {
  readonly args: readonly ArgumentValue[];
  readonly place: CallPlace;
}

/** Makes an instance: by the class's own `__init__`, or as a dataclass does. */
export function construct(m: Machine, type: ClassValue, { args, place }: Invocation): Value {
  noteHooks(m, type);
  if (isStrange(m, type)) return unfollowed(m, type, { args, place });
  if (isEnum(type)) return unknown(place.shown, `${type.path}(…)`);
  const object = newObject(m, type);
  if (m.session.library.isMereData(type)) return constructData(m, object, args);
  const init = findMember(type, "__init__");
  const dataclass = ancestryOf(type).classes.find((one) => isDataclass(m, one));
  const initFirst = init && (!dataclass || !isDataclass(m, type) || init.owner.path === type.path);
  if (initFirst && init.stmt.kind === "FunctionDef") {
    const method = methodOf(init.owner, init.stmt);
    if (method) m.call({ kind: "method", func: method, self: object }, args, place);
    return object;
  }
  if (dataclass) constructDataclass(m, object, args);
  if (dataclass && setsItself(m, object)) forget(m, object, `made by ${type.name}.__setattr__`);
  if (!ancestryOf(type).complete) openUp(m, object, { args, place });
  // The constructor was made for the dataclass, with what that had.
  if (dataclass && findMember(dataclass, "__post_init__")) postInit(m, object, place);
  else if (dataclass) m.session.library.afterInit(m, object);
  return object;
}

function setsItself(m: Machine, { type }: ObjectValue): boolean {
  return findMember(type, "__setattr__") !== null && !m.session.library.models(type);
}

const INITIALIZERS = ["__init__", "__post_init__", "__setattr__"];

/** Keeps what was passed; what the class's own code does beyond that is unknown. */
function constructData(m: Machine, object: ObjectValue, args: readonly ArgumentValue[]): ObjectValue {
  const fields = fieldsOf(m, object.type).filter((field) => field.init);
  const code = INITIALIZERS.map((name) => findMember(object.type, name)).filter((found) => found !== null);
  const texts = code.map(({ owner, stmt }) => owner.source?.module.text.slice(stmt.start, stmt.end) ?? "");
  if (code.length > 0 || args.some((arg) => arg.name === "**")) {
    object.open = unknown(`of ${object.type.name}`, m.nth(object.type.path));
  }
  let position = 0;
  for (const { name, value, site } of args) {
    const field = name ?? fields[position++]?.name;
    const rewritten = texts.some(
      (text) => text.includes(`self.${field ?? ""} =`) || text.includes("setattr(self"),
    );
    if (field !== undefined && field !== "**" && !rewritten)
      storeField(m, object, { name: field, assigned: value, site });
  }
  return object;
}

/** A constructor out of sight may set anything. */
function openUp(m: Machine, object: ObjectValue, { args, place }: Invocation): void {
  for (const arg of args) forget(m, arg.value, `after ${place.shown}`);
  const kept = new Map(object.fields);
  object.open = unknown(`of ${object.type.name}, whose source is not at hand`, m.nth(object.type.path));
  object.fields.clear();
  for (const [name, slot] of kept) if (slot.write) object.fields.set(name, slot);
}

function postInit(m: Machine, object: ObjectValue, place: CallPlace): void {
  const found = findMember(object.type, "__post_init__");
  const method = found?.stmt.kind === "FunctionDef" ? methodOf(found.owner, found.stmt) : null;
  if (method) m.call({ kind: "method", func: method, self: object }, [], place);
  m.session.library.afterInit(m, object);
}

function constructDataclass(m: Machine, object: ObjectValue, args: readonly ArgumentValue[]): void {
  const fields = fieldsOf(m, object.type);
  const byName = assignArguments(object.type, fields, args);
  const open = args.find((arg) => arg.name === "**");
  for (const field of fields) {
    const arg = byName.get(field.name);
    if (arg) storeField(m, object, { name: field.name, assigned: arg.value, site: arg.site });
    else if (open && field.init) leaveOpen(m, object, { field, open: open.value });
    else if (field.required && field.init && ancestryOf(object.type).complete) {
      throw new PythonError(
        "TypeError",
        `${object.type.name}.__init__() missing required argument: '${field.name}'`,
      );
    }
  }
  m.session.library.afterFields(m, object, new Set(byName.keys()));
  if (object.type.source && !isTame(object.type.source.module)) makeDefaults(m, object);
}

/** What a class of the project makes by default, it makes now: its factories may count or look around. */
function makeDefaults(m: Machine, object: ObjectValue): void {
  for (const field of fieldsOf(m, object.type)) {
    const { name, required } = field;
    if (!required && !object.fields.has(name)) object.fields.set(name, { value: field.make(m), write: null });
  }
}

function leaveOpen(
  m: Machine,
  object: ObjectValue,
  { field, open }: { field: FieldEntry; open: Value },
): void {
  const shown = open.kind === "unknown" ? open.shown : "**";
  const value = unknown(
    `${field.name}, maybe passed by ${shown}`,
    m.nth(`${object.type.path}.${field.name}`),
  );
  object.fields.set(field.name, { value, write: null });
}

function assignArguments(
  type: ClassValue,
  fields: readonly FieldEntry[],
  args: readonly ArgumentValue[],
): ReadonlyMap<string, ArgumentValue> {
  const byName = new Map<string, ArgumentValue>();
  const inOrder = fields.filter((field) => field.init);
  let position = 0;
  for (const arg of args) {
    if (arg.name === "**") continue;
    if (arg.name === null && takesKeywordsOnly(type.path)) {
      const count = args.filter((one) => one.name === null).length + 1;
      throw new PythonError(
        "TypeError",
        `${type.name}.__init__() takes 1 positional argument but ${count} were given`,
      );
    }
    const name = arg.name ?? inOrder[position++]?.name;
    const known = fields.some((field) => field.name === name);
    if (name === undefined || (!known && ancestryOf(type).complete)) {
      throw new PythonError(
        "TypeError",
        `${type.name}.__init__() got an unexpected argument '${name ?? "?"}'`,
      );
    }
    byName.set(name, arg);
  }
  return byName;
}
