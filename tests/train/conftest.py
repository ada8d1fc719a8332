"""pytest looks for doctests in every file, but the training needs PyTorch, which the tests go without."""

collect_ignore = ["make_mnist.py", "train_lenet.py", "train_runs.py"]
