const QUOTED = /^([a-zA-Z]*)("""|'''|"|')/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
};

export interface StringLiteral {
  readonly prefix: string;
  readonly quote: string;
  readonly value: string;
}

/** Reads a string literal; null where its value needs more than plain escapes (`\N{…}`, bytes). */
export function readString(text: string): StringLiteral | null {
  const match = QUOTED.exec(text);
  if (!match) return null;
  const prefix = (match[1] ?? "").toLowerCase();
  const quote = match[2] ?? "";
  if (prefix.includes("b")) return null;
  const value = unescapeString(text.slice(match[0].length, -quote.length), prefix.includes("r"));
  return value === null ? null : { prefix, quote, value };
}

/** The value of the text between the quotes, or null where an escape is not a plain one. */
export function unescapeString(body: string, raw: boolean): string | null {
  if (raw || !body.includes("\\")) return body;
  let plain = true;
  const value = body.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{1,3}|\r?\n|[^])/g,
    (all: string, escape: string) => {
      if (escape.endsWith("\n")) return "";
      if (/^[0-7]/.test(escape)) return String.fromCharCode(parseInt(escape, 8));
      const code = /^[xuU]./.test(escape) ? parseInt(escape.slice(1), 16) : null;
      if (code !== null && code <= 0x10ffff) return String.fromCodePoint(code);
      const known = ESCAPES[escape];
      if (known === undefined && /[NUxu0-9]/.test(escape)) plain = false;
      return known ?? all;
    },
  );
  return plain ? value : null;
}

/** Reads a number; null for a complex one, or an integer that a double cannot hold. */
export function readNumber(text: string): { value: number; float: boolean } | null {
  const plain = text.replaceAll("_", "").toLowerCase();
  if (plain.endsWith("j")) return null;
  const value = Number(plain);
  const float = !plain.startsWith("0x") && /[.e]/.test(plain);
  if (Number.isNaN(value) || (!float && !Number.isSafeInteger(value))) return null;
  return { value, float };
}
