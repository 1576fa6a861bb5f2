export {
  addDictEntries,
  addDictEntry,
  addKeyword,
  addKeywords,
  argumentComment,
  removeArgument,
  removeArguments,
  removeDictEntries,
  removeDictEntry,
  renameKeyword,
  replaceArguments,
} from "./arguments.ts";
export {
  insertAfter,
  insertBefore,
  removeStatement,
  removeStatements,
  replaceExpression,
  replaceSpan,
} from "./statements.ts";
export { trailingComment } from "./trailing-comment.ts";
