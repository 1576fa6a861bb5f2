/** The fragment of a place: letters that survive being copied through chats, mails and shells. */
export function anchor(kind: "recipe" | "unexplained" | "file" | "fix" | "finding", name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9._/:-]/g, (char) => `~${(char.codePointAt(0) ?? 0).toString(16)}`);
  return `${kind}/${safe}`;
}

/** Anchors of which each is given once; a second one at the same place gets a number. */
export function uniqueAnchors(): (wanted: string) => string {
  const taken = new Map<string, number>();
  return (wanted) => {
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    return count === 1 ? wanted : `${wanted}~${count}`;
  };
}
