"""pytest looks for doctests in every file, but the training needs PyTorch, which the tests go without."""

collect_ignore = ["train_lenet.py"]
