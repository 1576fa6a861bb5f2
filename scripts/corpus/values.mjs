// Our values beside the oracle's: the same, unknown, or wrong.

const DTYPES = new Map([
  ["torch.half", "torch.float16"],
  ["torch.float", "torch.float32"],
  ["torch.double", "torch.float64"],
]);

/**
 * Judges one of our JSON values by what the oracle found; `undefined` is an attribute that it did not find.
 * Answers "equal", "unknown" (no claim, or several values of which one is right) or "wrong".
 */
export function judge(ours, theirs) {
  if (!isObject(ours)) return judgePlain(ours, theirs);
  if ("unknown" in ours) return "unknown";
  if ("absent" in ours) return theirs === undefined ? "equal" : "wrong";
  if ("oneOf" in ours)
    return ours.oneOf.some((value) => judge(value, theirs) !== "wrong") ? "unknown" : "wrong";
  if ("preset" in ours) return theirs?.preset === ours.preset ? "equal" : "wrong";
  if ("object" in ours) return isInstance(theirs, ours.object) ? "equal" : "wrong";
  return judgeFields(ours, isPlan(theirs) ? theirs.value : theirs);
}

/** Whether two of our own values say the same, or one of them says nothing. */
export function mayEqual(left, right) {
  if (isObject(left) && ("unknown" in left || "oneOf" in left)) return true;
  if (isObject(right) && ("unknown" in right || "oneOf" in right)) return true;
  return JSON.stringify(left) === JSON.stringify(right);
}

/** A short picture of a value, for a failure's line. */
export function show(value) {
  const text = value === undefined ? "<absent>" : JSON.stringify(value);
  return text.length <= 100 ? text : `${text.slice(0, 97)}...`;
}

function judgePlain(ours, theirs) {
  if (!Array.isArray(ours)) return sameScalar(ours, theirs) ? "equal" : "wrong";
  if (!Array.isArray(theirs) || ours.length !== theirs.length) return "wrong";
  return worst(ours.map((value, index) => judge(value, theirs[index])));
}

function judgeFields(ours, theirs) {
  if (!isObject(theirs)) return "wrong";
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  names.delete("__class__");
  return worst([...names].map((name) => (name in ours ? judge(ours[name], theirs[name]) : "wrong")));
}

function sameScalar(ours, theirs) {
  if (typeof ours !== "string" || typeof theirs !== "string")
    return Object.is(ours, theirs) || ours === theirs;
  return (DTYPES.get(ours) ?? ours) === (DTYPES.get(theirs) ?? theirs);
}

/**
 * The oracle names the class of most objects; `comm_overlap` and `mixed_precision` it shows as bare fields, an enum's
 * member as `Class.member`.
 */
function isInstance(theirs, name) {
  if (typeof theirs === "string") return /^[A-Z]\w*\.\w+$/.test(theirs) && name.endsWith(`.${theirs}`);
  if (!isObject(theirs)) return false;
  const found = theirs.__class__;
  return found === undefined || found.split(".").at(-1) === name.split(".").at(-1);
}

function isPlan(theirs) {
  return isObject(theirs) && Object.keys(theirs).sort().join() === "preset,value";
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function worst(verdicts) {
  return ["wrong", "unknown"].find((verdict) => verdicts.includes(verdict)) ?? "equal";
}
