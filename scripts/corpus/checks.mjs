// The results of named checks, each passed or failed with the lines that say why.

/** Collects checks; `progress` gets a line per failure as it is found. */
export function createChecks(progress) {
  const results = [];
  return {
    results,
    /** Records one check: it passed if there is no line to show. */
    hold(place, name, lines) {
      results.push({ place, name, lines });
      if (lines.length > 0) progress(`${place}: FAILED ${name} (${lines.length})`);
    },
  };
}

/** How many passed and failed among results. */
export function countChecks(results) {
  const failed = results.filter(({ lines }) => lines.length > 0).length;
  return { passed: results.length - failed, failed };
}

/** Every failed check with its lines, at most `limit` of each. */
export function describeFailures(results, limit = Infinity) {
  const blocks = results
    .filter(({ lines }) => lines.length > 0)
    .map(({ place, name, lines }) => {
      const shown = lines.slice(0, limit).map((line) => `  ${line}`);
      if (lines.length > limit) shown.push(`  ... and ${lines.length - limit} more`);
      return [`${place}: ${name}`, ...shown].join("\n");
    });
  return blocks.join("\n\n");
}

/** Rows of cells as aligned text, the first row being the header. */
export function formatTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  return rows
    .map((row) => row.map((cell, column) => String(cell).padStart(widths[column])).join("  "))
    .join("\n");
}
