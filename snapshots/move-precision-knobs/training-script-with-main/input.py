from megatron.bridge.recipes.llama import llama3_8b_pretrain_config
from megatron.bridge.training.gpt_step import forward_step
from megatron.bridge.training.pretrain import pretrain


def main() -> None:
    config = llama3_8b_pretrain_config()
    config.train.train_iters = 10
    config.ddp.grad_reduce_in_fp32 = False
    pretrain(config=config, forward_step_func=forward_step)


if __name__ == "__main__":
    main()
