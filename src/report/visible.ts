/** Shows what would otherwise act unseen: control characters, and marks that turn the direction of text. */
export function visible(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (char) => {
    return `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}
