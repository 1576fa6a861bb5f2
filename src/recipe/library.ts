import type { CallPlace, Machine } from "./machine.ts";
import type { ArgumentValue, ClassValue, ObjectValue, Value } from "./value.ts";

/** What is known of code that is not at hand, and of library functions that we do not follow into. */
export interface Library {
  /** What a module without source exports under a name; null if nothing is known of it. */
  export(module: string, name: string): Value | null;
  /** Whether a module's attribute is known by its name alone, its value left aside: a user-buffer preset. */
  isNamed(module: string, name: string): boolean;
  /** A function that we implement instead of following its source; null leaves it to the interpreter. */
  call(m: Machine, path: string, call: { args: readonly ArgumentValue[]; place: CallPlace }): Value | null;
  /** Whether a function of a library leaves its arguments as they are. */
  isHarmless(path: string): boolean;
  /** Whether a decorator of a library returns the function that it is given. */
  isTransparent(path: string): boolean;
  /** A field of an object whose class the library made up, such as a model built from a checkpoint. */
  attribute(m: Machine, object: ObjectValue, name: string): Value | null;
  hasAttribute(object: ObjectValue, name: string): boolean | null;
  /** Whether an object of a class that the library made up has a field; null where only some have it. */
  mayHave(object: ObjectValue, name: string): boolean | null;
  /** Whether every model has a field. */
  isModelField(name: string): boolean;
  /** Whether assignments to objects of a class are modelled here, its own `__setattr__` left aside. */
  models(type: ClassValue): boolean;
  /** Whether a class of the library only holds values that no knob is made from: its own code is not followed. */
  isMereData(type: ClassValue): boolean;
  /** Whether writes to objects of a class are worth remembering: they may end up as a knob. */
  holdsSettings(type: ClassValue): boolean;
  /** What a dataclass's generated constructor leads to beyond storing its arguments. */
  afterFields(m: Machine, object: ObjectValue, given: ReadonlySet<string>): void;
  /** Checks of a constructor whose source is not at hand; raises what it would raise. */
  afterInit(m: Machine, object: ObjectValue): void;
  /** Fields that a class keeps equal to another on assignment. */
  twins(type: ClassValue, field: string): readonly string[];
}
