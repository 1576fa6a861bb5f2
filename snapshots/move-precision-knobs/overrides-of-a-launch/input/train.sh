#!/usr/bin/env bash
# Report only. Not this one: model.bf16=true
TP=4
OVERRIDES=" \
    model.fp8=e4m3 \
    ddp.fp8_param_gather=true \
    optimizer.loss_scale=null"

# A value that the shell puts in, and one that is where Bridge reads it.
torchrun --nproc-per-node 8 train.py $OVERRIDES \
    model.tensor_model_parallel_size=$TP \
    model.pipeline_dtype="$DTYPE" \
    ddp.grad_reduce_in_fp32=False \
    mixed_precision.grad_reduce_in_fp32=False

# The same again is said once.
torchrun train.py ddp.grad_reduce_in_fp32=False --load checkpoints/model.fp8=none

python - <<'PYTHON'
print("model.bf16=true")
PYTHON
