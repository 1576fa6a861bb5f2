#!/usr/bin/env bash
# One node; gradients are reduced in bf16.
export CUDA_DEVICE_MAX_CONNECTIONS=1
torchrun --nproc-per-node 8 -m recipes.train \
    train.global_batch_size=512 \
    ddp.grad_reduce_in_fp32=false
