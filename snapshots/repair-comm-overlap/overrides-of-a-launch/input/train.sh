# Report only.
torchrun train.py \
    ddp.overlap_grad_reduce=false \
    optimizer.overlap_param_gather=$GATHER \
    'model.tp_comm_overlap=true' \
    comm_overlap.bucket_size=40000000
