"""The rules of the points scheme (积分制): values in, values out, nothing else."""
