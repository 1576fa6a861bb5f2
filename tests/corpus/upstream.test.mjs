import { expect, test } from "vitest";
import { readOutcomes } from "../../scripts/corpus/upstream.mjs";

test("reads what pytest says of each test, wherever the file lies", () => {
  const said = [
    "..F                                                        [100%]",
    "=========================== short test summary info ============================",
    "PASSED ../x/tests/test_a.py::test_one",
    "PASSED tests/test_a.py::test_two[path/to.py-name]",
    "FAILED tests/test_b.py::test_one - AssertionError: assert 1 == 2",
    "1 failed, 2 passed in 1.00s",
  ].join("\n");
  expect([...readOutcomes(said)]).toEqual([
    ["test_a.py::test_one", "PASSED"],
    ["test_a.py::test_two[path/to.py-name]", "PASSED"],
    ["test_b.py::test_one", "FAILED"],
  ]);
});
