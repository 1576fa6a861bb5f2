import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { explainJson, reviewJson, runJson } from "../../src/report/json.ts";
import { sampleExplain, sampleReview, sampleRun } from "./sample-run.ts";

function problemsOf(schema: string, text: string): unknown {
  const validate = new Ajv2020({ allErrors: true }).compile(
    JSON.parse(readFileSync(`schema/${schema}.json`, "utf8")),
  );
  validate(JSON.parse(text));
  return validate.errors ?? [];
}

describe("JSON", () => {
  it("follows run@1", () => {
    const text = runJson(sampleRun);
    expect(problemsOf("run-1", text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "{
        "schema": "bridgemod/run@1",
        "bridge": {
          "version": "0.6.2",
          "from": "uv.lock"
        },
        "counts": {
          "changed": 1,
          "unchanged": 1,
          "skipped": 1,
          "failed": 1
        },
        "files": [
          {
            "path": "recipes/a.py",
            "outcome": "changed",
            "reason": null,
            "fixes": [
              {
                "codemod": "move-precision-knobs",
                "rule": "dead-write",
                "line": 40,
                "message": "ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it.\\nWrite it there.",
                "verdict": "requested",
                "effects": [
                  {
                    "recipe": "recipes.a.a_config",
                    "knob": "ddp.grad_reduce_in_fp32",
                    "before": true,
                    "after": false
                  },
                  {
                    "recipe": "recipes.a.b_config",
                    "knob": "ddp.grad_reduce_in_fp32",
                    "before": true,
                    "after": false
                  },
                  {
                    "recipe": "recipes.a.c_config",
                    "knob": "ddp.grad_reduce_in_fp32",
                    "before": true,
                    "after": false
                  },
                  {
                    "recipe": "recipes.a.d_config",
                    "knob": "ddp.grad_reduce_in_fp32",
                    "before": true,
                    "after": false
                  },
                  {
                    "recipe": "recipes.a.e_config",
                    "knob": "ddp.grad_reduce_in_fp32",
                    "before": true,
                    "after": false
                  },
                  {
                    "recipe": "recipes.a.a_config",
                    "knob": "ddp.grad_reduce_in_fp32",
                    "before": true,
                    "after": {
                      "unknown": "not args.fast"
                    },
                    "scenario": {
                      "worldSize": 8,
                      "dp": 1,
                      "gpu": "h100",
                      "te": true
                    }
                  }
                ]
              }
            ],
            "remaining": [
              {
                "codemod": "move-precision-knobs",
                "rule": "disagree",
                "line": 51,
                "severity": "warning",
                "message": "Two."
              }
            ]
          },
          {
            "path": "recipes/b.py",
            "outcome": "unchanged",
            "reason": null,
            "fixes": [],
            "remaining": []
          },
          {
            "path": "recipes/c.py",
            "outcome": "skipped",
            "reason": "a symbolic link that leaves the project",
            "fixes": [],
            "remaining": []
          },
          {
            "path": "recipes/d.py",
            "outcome": "failed",
            "reason": "line 2: not UTF-8",
            "fixes": [],
            "remaining": []
          }
        ]
      }
      "
    `);
    expect(text).not.toContain("secret");
  });

  it("follows explain@1", () => {
    const text = explainJson(sampleExplain);
    expect(problemsOf("explain-1", text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "{
        "schema": "bridgemod/explain@1",
        "bridge": {
          "version": "0.6.2",
          "from": "uv.lock"
        },
        "recipes": [
          {
            "file": "recipes/a.py",
            "module": "recipes.a",
            "function": "a_config",
            "line": 12,
            "scenario": {
              "worldSize": 64,
              "dp": 8,
              "gpu": null,
              "te": true
            },
            "knobs": {
              "mixed_precision":{"declared":{"object":"MixedPrecisionConfig"},"effective":{"object":"MixedPrecisionConfig"},"writers":[{"file":"recipes/base.py","line":3,"value":"bf16_mixed"}],"decidedBy":"recipes/base.py:3"},
              "ddp.grad_reduce_in_fp32":{"declared":false,"effective":true,"writers":[{"file":"recipes/a.py","line":40,"value":false}],"decidedBy":"mixed_precision.setup"},
              "ddp.use_megatron_fsdp":{"declared":false,"effective":false,"writers":[],"decidedBy":"default"},
              "model.params_dtype":{"declared":{"oneOf":["torch.bfloat16",{"unknown":"parameter dtype"}]},"effective":"torch.bfloat16","writers":[],"decidedBy":"recipes/a.py:41"},
              "env_vars.CUDA_DEVICE_MAX_CONNECTIONS":{"declared":{"absent":true},"effective":{"absent":true},"writers":[],"decidedBy":"default"}
            },
            "findings": [
              {
                "codemod": "x",
                "rule": "y",
                "severity": "warning",
                "line": 40,
                "message": "no effect"
              }
            ]
          }
        ],
        "unexplained": [
          {
            "file": "recipes/a.py",
            "module": "recipes.a",
            "function": "b_config",
            "line": 60,
            "reason": "it ends with plugin.make(), of which nothing can be told"
          }
        ],
        "skipped": [
          {
            "file": "recipes/d.py",
            "reason": "line 2: not UTF-8"
          }
        ]
      }
      "
    `);
  });

  it("follows review@1", () => {
    const text = reviewJson(sampleReview);
    expect(problemsOf("review-1", text)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "{
        "schema": "bridgemod/review@1",
        "bridge": {
          "version": "0.6.2",
          "from": "uv.lock"
        },
        "base": "main",
        "head": "WORKTREE",
        "risk": "1 recipe changes what gradients are reduced in; 1 is tidied only",
        "recipes": [
          {
            "recipe": "recipes.a.a_config",
            "file": "recipes/a.py",
            "line": 12,
            "status": "changed",
            "effects": [
              {
                "knob": "ddp.grad_reduce_in_fp32",
                "before": true,
                "after": false,
                "decidedBy": "recipes/base.py:31",
                "expected": false
              },
              {
                "knob": "ddp.overlap_grad_reduce",
                "before": true,
                "after": false,
                "decidedBy": "comm_overlap.setup",
                "why": "the default where DP = 1",
                "expected": true,
                "scenario": {
                  "worldSize": 8,
                  "dp": 1,
                  "gpu": "h100",
                  "te": true
                }
              }
            ],
            "otherwise": [
              {
                "knob": "train.global_batch_size",
                "expected": true
              }
            ],
            "findings": {
              "new": [],
              "gone": [
                {
                  "codemod": "move-precision-knobs",
                  "rule": "dead-precision-knob",
                  "severity": "warning",
                  "file": "recipes/a.py",
                  "line": 40,
                  "message": "ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it."
                }
              ]
            }
          },
          {
            "recipe": "recipes.a.b_config",
            "file": "recipes/a.py",
            "line": 30,
            "status": "unchanged",
            "effects": [],
            "findings": {
              "new": [],
              "gone": []
            }
          },
          {
            "recipe": "recipes.a.c_fast_config",
            "file": "recipes/a.py",
            "line": 50,
            "status": "renamed",
            "renamedFrom": "recipes.a.c_config",
            "effects": [],
            "findings": {
              "new": [],
              "gone": []
            }
          },
          {
            "recipe": "recipes.b.new_config",
            "file": "recipes/b.py",
            "line": 1,
            "status": "added",
            "effects": [],
            "findings": {
              "new": [
                {
                  "codemod": "move-precision-knobs",
                  "rule": "dead-precision-knob",
                  "severity": "warning",
                  "file": "recipes/b.py",
                  "line": 4,
                  "message": "ddp.grad_reduce_in_fp32 = False has no effect: mixed_precision sets it."
                }
              ],
              "gone": []
            }
          },
          {
            "recipe": "recipes.c.old_config",
            "file": "recipes/c.py",
            "line": 1,
            "status": "removed",
            "effects": [],
            "findings": {
              "new": [],
              "gone": []
            }
          }
        ],
        "skipped": [
          {
            "file": "recipes/d.py",
            "reason": "line 2: not UTF-8"
          }
        ]
      }
      "
    `);
  });

  it("is not followed by what leaves the schema", () => {
    const report = JSON.parse(runJson(sampleRun));
    expect(problemsOf("run-1", JSON.stringify({ ...report, extra: 1 }))).not.toEqual([]);
    expect(problemsOf("run-1", JSON.stringify({ ...report, files: [{ path: "a" }] }))).not.toEqual([]);
    const review = JSON.parse(reviewJson(sampleReview));
    const renamed = { ...review.recipes[2], renamedFrom: undefined };
    expect(problemsOf("review-1", JSON.stringify({ ...review, recipes: [renamed] }))).not.toEqual([]);
  });
});
