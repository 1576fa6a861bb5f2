#!/bin/bash
# Megatron-FSDP does not start with one connection.
CUDA_DEVICE_MAX_CONNECTIONS=1 torchrun train.py \
    ddp.use_megatron_fsdp=true
