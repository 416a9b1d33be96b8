"""One thread for torch: on two cores several only wait for each other."""

import torch

torch.set_num_threads(1)
