#!/usr/bin/env python3
# Copyright: nobody
"""Docstring first."""
from __future__ import annotations

from typing import TYPE_CHECKING

from megatron.bridge.recipes.llama import llama3_8b_pretrain_config

if TYPE_CHECKING:
    from megatron.bridge.training.config import ConfigContainer


def llama3_8b_config( ) -> 'ConfigContainer' :
    cfg  =  llama3_8b_pretrain_config( )
    # Reduction.
    cfg.ddp.grad_reduce_in_fp32=False # half
    x = { 'odd' : 1 ,}
    return cfg
