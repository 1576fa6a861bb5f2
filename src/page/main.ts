import { followFragments } from "./fragments.ts";
import { startFilter } from "./filter.ts";
import { highlightWhenSeen } from "./highlight.ts";
import { startMatrix } from "./matrix.ts";

// The script stands at the end of the page: everything that it looks for is there.
const matrix = startMatrix();
const filter = startFilter(matrix);
followFragments({ matrix, filter });
highlightWhenSeen();
