"""The mathematics of convolution, in NumPy: it knows no web, no pixel and no URL.

The rooms, in the order in which a reader may want them:

    axis         the one relation between an output cell, a tap and an input cell, along one axis
    convolution  the whole answer at once, fast
    trace        the same answer told step by step: an independent way, so that each checks the other
    activation   what follows a convolution in a network, with the same bits on every machine
    filters      kernels with a name, and what each one shows
"""
