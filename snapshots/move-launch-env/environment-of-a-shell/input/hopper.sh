#!/bin/bash
# Report only.
export CUDA_DEVICE_MAX_CONNECTIONS=1
export NVTE_FWD_LAYERNORM_SM_MARGIN=$MARGIN
export NCCL_DEBUG=WARN
torchrun train.py model.tensor_model_parallel_size=4
